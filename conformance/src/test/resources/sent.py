"""Holds recorded requests against AWS's own models, as Debian's botocore has them.

    sent.py REQUESTS SECRET

REQUESTS has a JSON object in each line: method, target, headers, body (base64), and the host that a client asked the
proxy for, where it did. Prints what is wrong, how often each operation was called, and which paths were Gatehouse's own.
"""

import base64
import hashlib
import json
import re
import struct
import sys
from collections import Counter
from urllib.parse import parse_qsl, unquote, urlsplit

from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.regions import EndpointResolver
from botocore.serialize import create_serializer
from botocore.validate import ParamValidator

LOADER = Loader()
ENDPOINTS = EndpointResolver(LOADER.load_data("endpoints"))
BY_SCOPE = {"elasticloadbalancing": "elbv2", "execute-api": "apigatewaymanagementapi", "monitoring": "cloudwatch"}
OF_SIGNATURES = {"x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "x-amz-target"}
CREDENTIAL = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request, "
                        r"SignedHeaders=([^,]+), Signature=([0-9a-f]{64})")
MODELS = {}


class Wrong(Exception):
    """What AWS would not take."""


def model(scope, path):
    name = BY_SCOPE.get(scope, scope)
    if scope == "apigateway" and path.startswith("/v2/"):
        name = "apigatewayv2"
    if name not in MODELS:
        MODELS[name] = ServiceModel(LOADER.load_service_model(name, "service-2"), name)
    return MODELS[name]


def wire_name(name, shape):
    return shape.serialization.get("name", name)


def scalar(shape, text, at):
    """A text of a path, query, header or form as its shape has it."""
    if shape.type_name in ("integer", "long", "float", "double"):
        try:
            return float(text) if shape.type_name in ("float", "double") else int(text)
        except ValueError:
            raise Wrong(f"{at} is no {shape.type_name}: {text}")
    if shape.type_name == "boolean":
        if text not in ("true", "false"):
            raise Wrong(f"{at} is no boolean: {text}")
        return text == "true"
    return constrained(shape, text, at)


def constrained(shape, text, at):
    if shape.type_name == "string":
        if shape.enum and text not in shape.enum:
            raise Wrong(f"{at} is none of {shape.enum}: {text}")
        if len(text) > shape.metadata.get("max", len(text)):
            raise Wrong(f"{at} is too long")
        if "pattern" in shape.metadata and not re.fullmatch(shape.metadata["pattern"], text):
            raise Wrong(f"{at} does not match {shape.metadata['pattern']}: {text}")
    return text


def from_json(shape, value, at):
    """A value of JSON by the names that boto3 has for it."""
    if shape.type_name == "structure" and isinstance(value, dict):
        names = {wire_name(name, member): (name, member) for name, member in shape.members.items()}
        unknown = set(value) - set(names)
        if unknown:
            raise Wrong(f"{at or 'the body'} has unknown members {sorted(unknown)}")
        return {names[key][0]: from_json(names[key][1], each, f"{at}.{key}") for key, each in value.items()}
    if shape.type_name == "list" and isinstance(value, list):
        return [from_json(shape.member, each, at) for each in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: from_json(shape.value, each, f"{at}.{key}") for key, each in value.items()}
    if shape.type_name == "blob":
        return base64.b64decode(value)
    return constrained(shape, value, at) if isinstance(value, str) else value


def from_form(shape, prefix, fields, used):
    """What of a form is below a name."""
    if shape.type_name == "structure":
        found = {}
        for name, member in shape.members.items():
            value = from_form(member, f"{prefix}.{wire_name(name, member)}".lstrip("."), fields, used)
            if value is not None:
                found[name] = value
        return found if found or not prefix else None
    if shape.type_name == "list":
        items = []
        while True:
            item = from_form(shape.member, f"{prefix}.member.{len(items) + 1}", fields, used)
            if item is None:
                return items or None
            items.append(item)
    if prefix in fields:
        used.add(prefix)
        return scalar(shape, fields[prefix], prefix)
    return None


def pattern(operation):
    """How paths of an operation look, and what must be in its query."""
    path, _, fixed = operation.http["requestUri"].partition("?")
    path = path.rstrip("/")  # AWS takes both
    names = re.findall(r"{([\w-]+)\+?}", path)
    quoted = re.split(r"({[\w-]+\+?})", path)
    regex = "".join(("(.+)" if part.endswith("+}") else "([^/]+)") if part.startswith("{") else re.escape(part)
                    for part in quoted)
    return re.compile(regex), names, dict(parse_qsl(fixed, keep_blank_values=True))


def rest_operation(service, method, path, query):
    found = []
    for name in service.operation_names:
        operation = service.operation_model(name)
        regex, names, fixed = pattern(operation)
        match = regex.fullmatch(path.rstrip("/"))
        if operation.http["method"] == method and match and fixed.items() <= dict(query).items():
            greedy = operation.http["requestUri"].count("+}")
            found.append((-len(fixed), greedy, len(names), name, dict(zip(names, match.groups())), set(fixed)))
    if not found:
        raise Wrong(f"{service.service_name} has no operation {method} {path}")
    best = sorted(found, key=lambda each: each[:4])[0]
    return service.operation_model(best[3]), best[4], best[5]


def rest(service, request, path, query):
    operation, variables, fixed = rest_operation(service, request["method"], path, query)
    shape = operation.input_shape
    members = shape.members if shape else {}
    placed = {(member.serialization.get("location"), wire_name(name, member)): (name, member)
              for name, member in members.items()}
    params = {}
    for key, value in variables.items():
        name, member = placed[("uri", key)]
        params[name] = scalar(member, unquote(value), key)
    for key, value in query:
        if ("querystring", key) in placed:
            name, member = placed[("querystring", key)]
            if member.type_name == "list":
                params.setdefault(name, []).append(scalar(member.member, value, key))
            else:
                params[name] = scalar(member, value, key)
        elif key not in fixed:
            free = [name for name, member in members.items()
                    if member.serialization.get("location") == "querystring" and member.type_name == "map"]
            if not free:
                raise Wrong(f"{operation.name} has no query parameter {key}")
            params.setdefault(free[0], {})[key] = value
    headers = {wire.lower(): each for (location, wire), each in placed.items() if location == "header"}
    for key, value in request["headers"].items():
        if key in headers:
            params[headers[key][0]] = scalar(headers[key][1], value, key)
        elif key.startswith("x-amz-") and key not in OF_SIGNATURES:
            raise Wrong(f"{operation.name} has no header {key}")
    payload = shape.serialization.get("payload") if shape else None
    if payload and members[payload].type_name == "blob":
        params[payload] = request["body"]
    elif request["body"]:
        inside = {name: member for name, member in members.items() if "location" not in member.serialization}
        if not inside:
            raise Wrong(f"{operation.name} has no body")
        value = json.loads(request["body"])
        if payload:
            params[payload] = from_json(members[payload], value, payload)
        else:
            unknown = set(value) - {wire_name(name, member) for name, member in inside.items()}
            if unknown:
                raise Wrong(f"{operation.name} has no members {sorted(unknown)}")
            params.update(from_json(shape, value, ""))
    return operation, params


def form(service, request):
    fields = dict(parse_qsl(request["body"].decode(), keep_blank_values=True))
    if fields.pop("Version", "") != service.metadata["apiVersion"]:
        raise Wrong("the form has another version")
    name = fields.pop("Action", "")
    if name not in service.operation_names:
        raise Wrong(f"{service.service_name} has no operation {name}")
    operation = service.operation_model(name)
    used = set()
    params = from_form(operation.input_shape, "", fields, used) if operation.input_shape else {}
    if set(fields) - used:
        raise Wrong(f"{name} has no members {sorted(set(fields) - used)}")
    return operation, params


def cbor(data, at=0):
    """A value of CBOR, and where the next one begins."""
    kind, low = data[at] >> 5, data[at] & 31
    at += 1
    if kind == 7:
        width = {26: (4, ">f"), 27: (8, ">d")}.get(low)
        if width:
            return struct.unpack(width[1], data[at:at + width[0]])[0], at + width[0]
        return {20: False, 21: True}.get(low), at
    number = low
    if 24 <= low < 28:
        width = 1 << low - 24
        number, at = int.from_bytes(data[at:at + width], "big"), at + width
    if kind < 2:
        return (number if kind == 0 else -1 - number), at
    if kind < 4 and low != 31:
        part = data[at:at + number]
        return (part if kind == 2 else part.decode()), at + number
    if kind == 6:
        return cbor(data, at)  # a time
    items = []
    while data[at] != 255 if low == 31 else len(items) < number * (kind - 3):
        item, at = cbor(data, at)
        items.append(item)
    at += low == 31
    return (items if kind == 4 else dict(zip(items[::2], items[1::2]))), at


def rpc(service, request, path):
    """Smithy's RPC with CBOR, which newer SDKs speak where older ones send forms; the members are the same."""
    name = path.rsplit("/", 1)[1]
    if name not in service.operation_names or request["headers"].get("smithy-protocol") != "rpc-v2-cbor":
        raise Wrong(f"{service.service_name} has no operation {path}")
    operation = service.operation_model(name)
    return operation, from_json(operation.input_shape, cbor(request["body"])[0], "")


def older(service, request):
    prefix, _, name = request["headers"].get("x-amz-target", "").partition(".")
    if prefix != service.metadata["targetPrefix"] or name not in service.operation_names:
        raise Wrong(f"{service.service_name} has no operation {prefix}.{name}")
    expected = "application/x-amz-json-" + service.metadata["jsonVersion"]
    if request["headers"].get("content-type") != expected:
        raise Wrong(f"the content type is not {expected}")
    operation = service.operation_model(name)
    return operation, from_json(operation.input_shape, json.loads(request["body"]), "")


def same(service, operation, params, request, path, query):
    """What boto3 would have sent for these members is what was sent."""
    report = ParamValidator().validate(params, operation.input_shape) if operation.input_shape else None
    if report and report.has_errors():
        raise Wrong(f"{operation.name}: {report.generate_report()}")
    protocol = service.metadata["protocol"]
    wanted = create_serializer(protocol, include_validation=False).serialize_to_request(params, operation)
    if request["headers"].get("smithy-protocol"):
        return
    if protocol == "query":
        if {key: str(value) for key, value in wanted["body"].items()} != dict(
                parse_qsl(request["body"].decode(), keep_blank_values=True)):
            raise Wrong(f"{operation.name}: the form is not {wanted['body']}")
        return
    where, _, fixed = wanted["url_path"].partition("?")
    asked = parse_qsl(fixed, keep_blank_values=True)
    for key, value in (wanted["query_string"] or {}).items():
        asked += [(key, each if isinstance(each, str) else json.dumps(each))
                  for each in (value if isinstance(value, list) else [value])]
    if (wanted["method"], unquote(where).rstrip("/"), sorted(asked)) != (
            request["method"], unquote(path).rstrip("/"), sorted(query)):
        raise Wrong(f"{operation.name} is {wanted['method']} {where} {asked}, not {path} {query}")
    sent = request["body"] or b""
    body = wanted["body"].encode() if isinstance(wanted["body"], str) else wanted["body"] or b""
    if sent != body and (not sent or not body or json.loads(sent) != json.loads(body)):
        raise Wrong(f"{operation.name}: the body is not {body}")


def signature(request, found, secret):
    key, region, scope, names, value = found.groups()
    headers = request["headers"]
    hashed = headers.get("x-amz-content-sha256", "")
    if re.fullmatch("[0-9a-f]{64}", hashed) and hashed != hashlib.sha256(request["body"]).hexdigest():
        raise Wrong("the hash of the body is another")
    if not {"host", "x-amz-date"} <= set(names.split(";")):
        raise Wrong("the host or the date is not signed")
    signed = AWSRequest(method=request["method"], url=f"http://{headers['host']}{request['target']}",
                        headers={name: headers[name] for name in names.split(";")}, data=request["body"])
    if hashed and "x-amz-content-sha256" not in signed.headers:
        signed.headers["X-Amz-Content-SHA256"] = hashed
    signed.context["timestamp"] = headers["x-amz-date"]
    signer = (S3SigV4Auth if scope == "s3" else SigV4Auth)(Credentials(key, secret), scope, region)
    if signer.signature(signer.string_to_sign(signed, signer.canonical_request(signed)), signed) != value:
        raise Wrong("the signature is wrong")


def call(request, secret):
    """The name of the operation that a request calls; empty for what is Gatehouse's own."""
    target = urlsplit(request["target"])
    found = CREDENTIAL.fullmatch(request["headers"].get("authorization", ""))
    asked = request["host"]
    if request["target"].startswith("/_gatehouse/") and "/@connections/" not in target.path:
        if asked:
            raise Wrong("a path of Gatehouse's own was sent to AWS")
        return ""
    if "X-Amz-Signature=" in target.query:
        return "presigned " + request["method"]
    if not found:
        raise Wrong("there is no signature")
    signature(request, found, secret)
    region, scope = found.group(2), found.group(3)
    path = target.path[target.path.find("/@connections/"):] if "/@connections/" in target.path else target.path
    service = model(scope, path)
    if scope != service.signing_name:
        raise Wrong(f"signed for {scope}, not for {service.signing_name}")
    host = ENDPOINTS.construct_endpoint(service.endpoint_prefix, region)["hostname"]
    bucket = re.fullmatch(r"(.+)\.s3(?:\." + region + r")?\.amazonaws\.com", asked) if scope == "s3" else None
    if bucket:  # us-east-1 has a host without its name, too
        path = "/" + bucket.group(1) + path.rstrip("/")
    elif asked and asked != host and scope != "execute-api":
        raise Wrong(f"sent to {asked}, not to {host}")
    query = parse_qsl(target.query, keep_blank_values=True)
    protocol = service.metadata["protocol"]
    if path.startswith("/service/"):
        operation, params = rpc(service, request, path)
    elif protocol.startswith("rest"):
        operation, params = rest(service, request, path, query)
    else:
        operation, params = form(service, request) if protocol == "query" else older(service, request)
    same(service, operation, params, request, path, query)
    return f"{service.service_name}.{operation.name}"


def main(file, secret):
    problems, calls, own = [], Counter(), Counter()
    for line in open(file, encoding="utf-8"):
        request = json.loads(line)
        request["body"] = base64.b64decode(request["body"])
        try:
            name = call(request, secret)
            (calls if name else own)[name or request["target"].partition("?")[0]] += 1
        except Wrong as wrong:
            problems.append(f"{request['method']} {request['host']} {request['target']}: {wrong}")
    print(json.dumps({"problems": problems, "calls": calls, "own": own}))


main(*sys.argv[1:])
