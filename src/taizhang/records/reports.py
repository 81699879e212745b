"""Which sections of which reports records go into: the keys that declarations name and report builders ask for."""

from collections.abc import Mapping

REPORTS: Mapping[str, str] = {
    "regional_service": "服务区域发展报告",
    "counterpart_support": "对口支援和协作报告",
    "industry_education": "产教融合报告",
    "self_evaluation": "自评报告",
}

SECTIONS: Mapping[str, Mapping[str, str]] = {
    "regional_service": {
        "manufacturing": "制造业当家",
        "rural_vitalisation": "乡村振兴",
        "hundred_colleges": "双百行动：组织与清单",
        "hundred_technology": "双百行动：强化产业发展科技支撑",
        "hundred_planning": "双百行动：强化城乡规划建设服务",
        "hundred_public_service": "双百行动：突出基本公共服务支持",
        "hundred_training": "双百行动：突出基层人才培养培训",
        "hundred_economy": "双百行动：参与集体经济运营",
        "hundred_reform": "双百行动：参与基层改革创新探索",
        "hundred_consulting": "双百行动：提供决策咨询服务",
        "lifelong_learning": "终身学习与技能型社会",
        "open_resources": "资源开放服务",
    },
    "counterpart_support": {
        "organisation": "工作思路与组织",
        "partner_colleges": "帮扶院校",
        "east_west": "东西协作与联盟",
        "basic_education": "基础教育帮扶",
        "results": "成效与满意度",
    },
    "industry_education": {
        "overview": "基本情况",
        "initiatives": "主要举措",
        "results": "成效",
    },
    "self_evaluation": {
        "tasks": "任务点",
        "party_building": "党的建设",
        "talent_training": "技术技能人才培养高地",
        "innovation_platform": "技术技能创新服务平台",
        "specialty_groups": "高水平专业群",
        "teachers": "高水平双师队伍",
        "enterprise_cooperation": "校企合作",
        "service": "服务发展",
        "governance": "学校治理",
        "digitalisation": "信息化",
        "internationalisation": "国际化",
        "distinctive": "特色任务",
        "landmark_results": "标志性成果",
        "timeliness": "时效指标",
        "social_benefit": "社会效益",
        "lasting_effect": "可持续影响",
        "satisfaction": "满意度",
    },
}
"""Report kind → section key → what the section is called."""
