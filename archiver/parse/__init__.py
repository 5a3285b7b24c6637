"""Reading pages: strings in, frozen values out, no I/O and no clock."""
