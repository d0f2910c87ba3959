"""Finds handlers, and turns events and answers from and to JSON."""

import decimal
import importlib
import json
import sys

from .faults import Fault, of_exception


def load(setting):
    """The function that a handler setting such as `folder/module.function` names."""
    module_name, dot, function_name = setting.rpartition(".")
    if not dot:
        raise Fault(
            "Runtime.MalformedHandlerName",
            "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % setting,
        )
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault(
            "Runtime.BuiltInModuleConflict",
            "Cannot use built-in module %s as a handler module" % module_name,
        )
    handler = getattr(_module(module_name), function_name, None)
    if handler is None:
        raise Fault(
            "Runtime.HandlerNotFound",
            "Handler '%s' missing on module '%s'" % (function_name, module_name),
        )
    return handler


def _module(name):
    try:
        return importlib.import_module(name.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (name, error)) from None
    except SyntaxError as error:
        place = ['  File "%s" Line %s\n    %s\n' % (error.filename, error.lineno, (error.text or "").rstrip())]
        message = "Syntax error in module '%s': %s" % (name, error)
        raise Fault("Runtime.UserCodeSyntaxError", message, place) from None
    except Exception as error:
        raise of_exception(error) from None


def unmarshalled(body):
    try:
        return json.loads(body)
    except ValueError as error:
        raise Fault("Runtime.UnmarshalError", "Unable to unmarshal input: %s" % error) from None


def marshalled(result):
    try:
        return json.dumps(result, default=_plain).encode("utf-8")
    except Exception as error:
        raise Fault("Runtime.MarshalError", "Unable to marshal response: %s" % error) from None


def _plain(value):
    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError("Object of type %s is not JSON serializable" % type(value).__name__)
