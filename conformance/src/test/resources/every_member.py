"""The calls of every-member.json through boto3, by the names of its own model.

Usage: every_member.py ENDPOINT CALLS. Prints how many calls were sent and how many list pages were read. What this
boto3 does not know yet (operations and members that came later) is left out and counted.
"""
import json
import re
import sys

import boto3
from botocore import xform_name
from botocore.config import Config

client = boto3.client(
    "apigatewayv2", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test",
    aws_secret_access_key="test", config=Config(retries={"max_attempts": 0}))
model = client.meta.service_model
made, counts = {}, {"calls": 0, "pages": 0, "unknown": 0}


def resolved(value):
    text = json.dumps(value)
    return json.loads(re.sub(r"<(\w+)\.(\w+)>", lambda m: str(made.get(m[1], {}).get(m[2], "")), text))


def names(shape):
    return {member.serialization.get("name", name): (name, member) for name, member in shape.members.items()}


def to_boto(shape, value):
    if shape.type_name == "structure":
        known = names(shape)
        counts["unknown"] += sum(wire not in known for wire in value)
        return {known[wire][0]: to_boto(known[wire][1], held) for wire, held in value.items() if wire in known}
    if shape.type_name == "list":
        return [to_boto(shape.member, each) for each in value]
    if shape.type_name == "map":
        return {key: to_boto(shape.value, each) for key, each in value.items()}
    return value


def to_wire(shape, value):
    if shape.type_name == "structure":
        return {wire: to_wire(member, value[name]) for wire, (name, member) in names(shape).items() if name in value}
    if shape.type_name == "list":
        return [to_wire(shape.member, each) for each in value]
    if shape.type_name == "map":
        return {key: to_wire(shape.value, each) for key, each in value.items()}
    if shape.type_name == "timestamp":
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value


def call(operation, members):
    shape = model.operation_model(operation)
    counts["calls"] += 1
    answer = getattr(client, xform_name(operation))(**to_boto(shape.input_shape, members))
    answer.pop("ResponseMetadata")
    return to_wire(shape.output_shape, answer) if shape.output_shape else {}


def check(at, given, got):
    if isinstance(given, dict):
        for name, value in given.items():
            assert name in got, f"{at}.{name} is missing in {got}"
            check(f"{at}.{name}", value, got[name])
    elif isinstance(given, list) and given and isinstance(given[0], dict):
        assert len(given) == len(got), at
        for one, other in zip(given, got):
            check(at, one, other)
    else:
        assert given == got, f"{at}: {given!r} became {got!r}"


def chosen(operation, members):
    known = names(model.operation_model(operation).input_shape)
    return {wire: value for wire, value in members.items() if wire in known}


def pages_of(method, arguments):
    if client.can_paginate(method):
        yield from client.get_paginator(method).paginate(**arguments, PaginationConfig={"PageSize": 2})
        return
    token = {}
    while token is not None:
        page = getattr(client, method)(**arguments, **token, MaxResults="2")
        token = {"NextToken": page["NextToken"]} if "NextToken" in page else None
        yield page


def read_back(resource, members):
    alone = call("Get" + resource, chosen("Get" + resource, members))
    operation = "Get" + resource + "s"
    shape = model.operation_model(operation)
    arguments = to_boto(shape.input_shape, chosen(operation, members))
    items = []
    for page in pages_of(xform_name(operation), arguments):
        counts["pages"] += 1
        page.pop("ResponseMetadata")
        items += to_wire(shape.output_shape, page)["items"]
    assert alone in items, f"{alone} is not in {items}"
    return alone


def written(shape, members):
    """What was given and can come back in an answer of this shape."""
    known = names(shape)
    return {wire: value for wire, value in members.items() if wire in known}


def strip(shape, value):
    """The value without members that this boto3 does not know."""
    if shape.type_name == "structure":
        known = names(shape)
        return {wire: strip(known[wire][1], held) for wire, held in value.items() if wire in known}
    if shape.type_name == "list":
        return [strip(shape.member, each) for each in value]
    if shape.type_name == "map":
        return {key: strip(shape.value, each) for key, each in value.items()}
    return value


def main():
    for step in json.load(open(sys.argv[2])):
        operation, members = step["call"], resolved(step["with"])
        if operation not in model.operation_names:
            counts["unknown"] += 1
            continue
        shape = model.operation_model(operation)
        answer = call(operation, members)
        if "as" in step:
            made[step["as"]] = {**members, **answer}
        if re.match("Create|Update", operation):
            alone = read_back(operation[6:], {**members, **answer})
            for wire, value in written(shape.output_shape, members).items():
                value = strip(names(shape.input_shape)[wire][1], value)
                check(f"{operation}.{wire}", value, answer[wire])
                check(f"{operation}.{wire} read", value, alone[wire])
        for name, value in step.get("answers", {}).items():
            assert answer[name] == value, f"{operation}: {answer}"
    print(json.dumps(counts))

main()
