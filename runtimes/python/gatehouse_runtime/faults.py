"""What went wrong, as AWS reports it."""

import json
import os
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))


class Fault(Exception):
    """A failed start or invocation.

    stack is None where there is nothing to show, else lines as traceback.format_list makes them.
    """

    def __init__(self, error_type, message, stack=None, request_id=""):
        super().__init__(message)
        self.error_type = error_type
        self.message = message
        self.stack = stack
        self.request_id = request_id

    def json(self):
        body = {
            "errorMessage": self.message,
            "errorType": self.error_type,
            "requestId": self.request_id,
            "stackTrace": self.stack or [],
        }
        return json.dumps(body).encode("utf-8")


def of_exception(error, request_id=""):
    """The frames begin at the handler: ours are nobody's business."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith(HERE)]
    return Fault(type(error).__name__, str(error), traceback.format_list(frames), request_id)
