"""What devices print on their command line (``show inventory``, ``display version``) as an inventory."""
