"""`python -m vado` is `vado`."""

import sys

from vado.cli import main

sys.exit(main())
