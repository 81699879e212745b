"""The catalogue of rules: one file a rule, named by its code and its fault; `_` files hold what a family shares."""
