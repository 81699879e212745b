"""The evidence bundle: every piece under its number, an index that works offline, checksums, a manifest."""

from taizhang.reports.bundle.archival import Converter
from taizhang.reports.bundle.citing import Cited, cited
from taizhang.reports.bundle.exhibits import Bundled, Exhibit
from taizhang.reports.bundle.packing import to_folder, to_zip

__all__ = ["Bundled", "Cited", "Converter", "Exhibit", "cited", "to_folder", "to_zip"]
