"""What can go wrong that is not a fault in the user's data. Every message is fit to show a user."""

import errno

_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EFBIG: "文件太大，磁盘存不下",
    errno.EEXIST: "已有同名的文件",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.ENOTEMPTY: "已有同名的文件夹",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EBUSY: "正被别的程序使用",
    errno.EIO: "磁盘读写出错",
}


def reason(error: OSError) -> str:
    """Why the system refused, in Chinese: its own words are English on most machines."""
    return _REASONS.get(error.errno or 0, "系统不允许")


class TaizhangError(Exception):
    """The root: something asked for cannot be done, said in one Chinese sentence."""


class UnreadableDocumentError(TaizhangError):
    """A file cannot be opened at all, or must not be: damaged, protected, scanned, or hostile."""


class ProfileError(TaizhangError):
    """A profile file says something that cannot be understood."""


class ExemptionError(TaizhangError):
    """A file of exemptions or a baseline says something that cannot be understood."""


class RecordError(TaizhangError):
    """A record, or the declaration of a kind of record, says something that cannot be understood."""


class UsageError(TaizhangError):
    """The command was called with words that do not fit together."""


class SnapshotError(TaizhangError):
    """What is given as a snapshot, or is to become one, cannot be understood."""
