"""Output as AWS's runtime has it: print goes out as it is, logging with level, time and request id."""

import logging
import sys
import time

_current = ""

# Parts the lines of one message, which is one event of the log; Gatehouse makes line feeds of it.
_WITHIN = "\x02"


class _WithRequestId(logging.Filter):
    def filter(self, record):
        record.aws_request_id = _current
        return True


class _Handler(logging.Handler):
    def emit(self, record):
        _write(self.format(record))


def _write(message):
    sys.stdout.write(message.rstrip("\n").replace("\n", _WITHIN) + "\n")


def install():
    """AWS's root logger has this one handler and the usual level, WARNING."""
    sys.stdout.reconfigure(line_buffering=True)
    formatter = logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S"
    )
    formatter.converter = time.gmtime
    handler = _Handler()
    handler.setFormatter(formatter)
    handler.addFilter(_WithRequestId())
    logging.getLogger().addHandler(handler)


def request_id(current):
    global _current
    _current = current


def fault(failed):
    lines = ["[ERROR] %s: %s" % (failed.error_type, failed.message)]
    if failed.stack:
        lines += ["Traceback (most recent call last):"] + [line.rstrip("\n") for line in failed.stack]
    _write("\n".join(lines))
    sys.stdout.flush()
