"""The main program of a Python function's process: loads the handler, then serves events until the Runtime API goes
away. Behaves as the runtime of AWS does."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [HERE] + [entry for entry in sys.path if os.path.abspath(entry or ".") != HERE]

import gatehouse_runtime as runtime  # noqa: E402

if __name__ == "__main__":
    sys.path.remove(HERE)
    sys.exit(runtime.main(os.environ))
