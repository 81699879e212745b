"""The maker of the sample reports: one structured source, several file formats."""
