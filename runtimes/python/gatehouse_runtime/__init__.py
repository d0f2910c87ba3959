"""Serves events with one handler."""

import os
import sys

from . import localhost, log
from .client import Gone, RuntimeClient
from .context import LambdaContext
from .faults import Fault, of_exception
from .handlers import load, marshalled, unmarshalled


def main(environment):
    """The process's exit status: 1 after a failed start, 0 when there is nobody left to serve."""
    client = RuntimeClient(environment["AWS_LAMBDA_RUNTIME_API"])
    log.install()
    localhost.resolve()
    add_paths(environment)
    try:
        handler = load(environment["_HANDLER"])
    except Fault as fault:
        log.fault(fault)
        client.fail_start(fault)
        return 1
    try:
        while True:
            serve(client, handler, environment)
    except Gone:
        return 0


def add_paths(environment):
    """The function's own code goes first, then its layers."""
    layers = environment.get("GATEHOUSE_LAYERS")
    if layers:
        version = "python%d.%d" % sys.version_info[:2]
        for folder in ("python", os.path.join("python", "lib", version, "site-packages")):
            sys.path.insert(0, os.path.join(layers, folder))
    sys.path.insert(0, environment["LAMBDA_TASK_ROOT"])


def serve(client, handler, environment):
    event = client.next()
    log.request_id(event.request_id)
    os.environ["_X_AMZN_TRACE_ID"] = event.trace_id
    try:
        answer = run(handler, event, environment)
    except Fault as fault:
        log.fault(fault)
        client.fail(event.request_id, fault)
    else:
        client.respond(event.request_id, answer)


def run(handler, event, environment):
    context = LambdaContext(event, environment)
    given = unmarshalled(event.body)
    try:
        result = handler(given, context)
    except Exception as error:
        raise of_exception(error, event.request_id) from None
    return marshalled(result)
