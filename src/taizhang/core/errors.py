"""What can go wrong that is not a fault in the user's data. Every message is fit to show a user."""


class TaizhangError(Exception):
    """The root: something asked for cannot be done, said in one Chinese sentence."""


class UnreadableDocumentError(TaizhangError):
    """A file cannot be opened at all, or must not be: damaged, protected, scanned, or hostile."""


class ProfileError(TaizhangError):
    """A profile file says something that cannot be understood."""


class ExemptionError(TaizhangError):
    """A file of exemptions or a baseline says something that cannot be understood."""


class UsageError(TaizhangError):
    """The command was called with words that do not fit together."""
