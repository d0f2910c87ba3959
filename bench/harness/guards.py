"""The same route with and without an authorizer, in each engine. One process of Gatehouse answers for all its routes.

The bare route is sent the same request, token and all: what the token's bytes cost to read and to pass on is no
authorizer's doing. What they cost is the difference to "without token".
"""

import base64
import dataclasses
import datetime
import functools
import hashlib
import hmac
import http.server
import io
import json
import pathlib
import subprocess
import threading
import urllib.request
import zipfile

from harness import answer
from harness.contenders import (BENCH, CONTENDER_CORE, Contender, ControlApi, configured, free_port,
                                haproxy, spring_cloud_gateway)
from harness.session import Session

ISSUER = "https://issuer.invalid"
FRESH_ROUTES = 20
FRESH_TOKENS = 10_000
WARM_SECONDS = 10
ACCOUNT = "000000000000"
GUARD = f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:guard"
LOG_FORMAT = json.dumps({"requestId": "$context.requestId", "ip": "$context.identity.sourceIp", "time":
                         "$context.requestTime", "route": "$context.routeKey", "status": "$context.status", "length":
                         "$context.responseLength", "sub": "$context.authorizer.claims.sub"})


@dataclasses.dataclass
class Route(Contender):
    """A contender that shares its engine's process with others."""
    engine: str = ""
    engines: dict = dataclasses.field(default_factory=dict)

    def start(self):
        session = self.engines.get(self.engine)
        if not session:
            session = self.engines[self.engine] = super().start()
        session.thaw()
        return session


class Issuer:
    """Tokens, the key that signed them, and a server where gateways find it."""

    def __init__(self, java, work):
        self.directory = work / "issuer"
        self.directory.mkdir()
        subprocess.run([f"{java}/bin/java", BENCH / "load/Tokens.java", self.directory, str(FRESH_TOKENS)], check=True)
        self.token = (self.directory / "tokens").read_text().split("\n", 1)[0]
        handler = functools.partial(Documents, (self.directory / "jwks").read_bytes())
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def bearer(self):
        return {"Authorization": f"Bearer {self.token}"}

    def stop(self):
        self.server.shutdown()


class Documents(http.server.BaseHTTPRequestHandler):
    def __init__(self, keys, *rest):
        self.keys = keys
        super().__init__(*rest)

    def do_GET(self):
        document = json.dumps({"issuer": ISSUER, "jwks_uri": f"{ISSUER}/jwks"}).encode()
        body = self.keys if self.path == "/jwks" else document
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def haproxy_routes(work, path, backend, options, issuer):
    bare, = haproxy(work, path, backend, options)
    bare.headers = issuer.bearer
    port = free_port()
    file = configured("haproxy-jwt.cfg", work, "haproxy-jwt", port=port, backend=backend,
                      key=issuer.directory / "key.pem")
    command = ["haproxy", "-db", "-f", str(file)]
    jwt = Contender("haproxy jwt", port, path, command, str(work / "haproxy-jwt.log"), 0, headers=issuer.bearer)
    return [dataclasses.replace(bare, name="haproxy bare"), jwt]


def spring_routes(work, path, backend, options, issuer):
    bare, = spring_cloud_gateway(work, path, backend, options)
    bare.headers = issuer.bearer
    port = free_port()
    jar = BENCH / "spring-cloud-gateway-security/target/spring-cloud-gateway-security.jar"
    command = [f"{options.java}/bin/java", "-jar", str(jar), f"--server.port={port}",
               f"--backend=http://127.0.0.1:{backend}", f"--issuer={issuer.url}"]
    jwt = Contender("scg jwt", port, path, command, str(work / "scg-jwt.log"), 40, headers=issuer.bearer)
    return [dataclasses.replace(bare, name="scg bare"), jwt]


def gatehouse_routes(work, path, backend, options, issuer):
    port = free_port()
    file = work / "gatehouse.yaml"
    file.write_text(f"listen: {{port: {port}}}\nissuers: {{'{ISSUER}': '{issuer.url}'}}\n"
                    "quotas: {authorizers: none}\n")
    command = [str(options.gatehouse), "serve", "--config", str(file), "--data", str(work / "gatehouse")]
    log = str(work / "gatehouse.log")
    session = Session(command, CONTENDER_CORE, log)
    try:
        control = GuardedApi(port, session, f"http://127.0.0.1:{backend}{path}", issuer)
        function(options, port)
        host = control.create(path)
        full = control.create_full(path)
    finally:
        session.stop()
    engines = {}

    def route(name, way, headers=dict, to=host, script=None):
        return Route(f"gatehouse {name}", port, way, command, log, WARM_SECONDS, to, headers=headers,
                     script=script or ["report.lua"], engine="gatehouse", engines=engines)

    fresh = ["fresh.lua", issuer.directory / "tokens", FRESH_ROUTES, work / "place", host]
    return [
        route("bare", path, issuer.bearer),
        route("without token", path),
        route("jwt", "/jwt", issuer.bearer),
        route("jwt fresh", "/fresh", issuer.bearer, script=fresh),
        route("lambda", "/lambda", issuer.bearer),
        route("iam", "/iam", lambda: signed("/iam", host)),
        route("everything", path, issuer.bearer, to=full)]


class GuardedApi(ControlApi):
    def __init__(self, port, session, target, issuer):
        super().__init__(port, session)
        self.target, self.issuer = target, issuer

    def create(self, path):
        """An API with a route for each way in, all to the same backend."""
        api, target, host = self.api()
        self.route(api, target, f"GET {path}")
        self.route(api, target, "GET /jwt", authorizationType="JWT", authorizerId=self.jwt(api, "jwt", "bench"))
        for i in range(FRESH_ROUTES):
            guard = self.jwt(api, f"fresh{i}", "bench", f"other{i}")
            self.route(api, target, f"GET /fresh/{i}", authorizationType="JWT", authorizerId=guard)
        self.route(api, target, "GET /fresh", authorizationType="JWT", authorizerId=self.jwt(api, "fresh", "bench"))
        guard = self.call(f"/v2/apis/{api}/authorizers", name="lambda", authorizerType="REQUEST",
                          identitySource=["$request.header.Authorization"], authorizerPayloadFormatVersion="2.0",
                          enableSimpleResponses=True, authorizerResultTtlInSeconds=3600,
                          authorizerUri="arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                                        f"{GUARD}/invocations")["authorizerId"]
        self.route(api, target, "GET /lambda", authorizationType="CUSTOM", authorizerId=guard)
        self.route(api, target, "GET /iam", authorizationType="AWS_IAM")
        self.call(f"/v2/apis/{api}/stages", stageName="$default", autoDeploy=True)
        return host

    def create_full(self, path):
        """An API with a token, a throttle that never closes, an access log and metrics by route."""
        api, target, host = self.api()
        self.route(api, target, f"GET {path}", authorizationType="JWT", authorizerId=self.jwt(api, "jwt", "bench"))
        settings = {"throttlingRateLimit": 1_000_000, "throttlingBurstLimit": 1_000_000,
                    "detailedMetricsEnabled": True}
        group = f"arn:aws:logs:us-east-1:{ACCOUNT}:log-group:bench"
        self.call(f"/v2/apis/{api}/stages", stageName="$default", autoDeploy=True, defaultRouteSettings=settings,
                  accessLogSettings={"destinationArn": group, "format": LOG_FORMAT})
        return host

    def api(self):
        api = self.call("/v2/apis", name="bench", protocolType="HTTP")["apiId"]
        integration = self.call(f"/v2/apis/{api}/integrations", integrationType="HTTP_PROXY", integrationMethod="GET",
                                integrationUri=self.target, payloadFormatVersion="1.0")["integrationId"]
        return api, integration, f"{api}.execute-api.localhost:{self.url.rpartition(':')[2]}"

    def jwt(self, api, name, *audience):
        return self.call(f"/v2/apis/{api}/authorizers", name=name, authorizerType="JWT",
                         identitySource=["$request.header.Authorization"],
                         jwtConfiguration={"issuer": ISSUER, "audience": audience})["authorizerId"]

    def route(self, api, integration, key, **more):
        self.call(f"/v2/apis/{api}/routes", routeKey=key, target=f"integrations/{integration}", **more)


def function(options, port):
    """The authorizer's function, and that API Gateway may call it."""
    home = pathlib.Path(options.gatehouse).resolve().parent.parent
    classes = pathlib.Path(options.work) / "guard"
    jars = ":".join(map(str, (home / "lib/runtimes/java").glob("*.jar")))
    subprocess.run([f"{options.java}/bin/javac", "-cp", jars, "-d", classes, BENCH / "load/Allow.java"], check=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(classes / "Allow.class", "Allow.class")
    call = functools.partial(lambda_call, port)
    call("/2015-03-31/functions", FunctionName="guard", Runtime="java25", Handler="Allow", Timeout=20,
         Role=f"arn:aws:iam::{ACCOUNT}:role/lambda", Code={"ZipFile": base64.b64encode(packed.getvalue()).decode()})
    call("/2015-03-31/functions/guard/policy", StatementId="open", Action="lambda:InvokeFunction",
         Principal="apigateway.amazonaws.com")


def lambda_call(port, path, **body):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {
        "Content-Type": "application/json",
        "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request, "
                         "SignedHeaders=host;x-amz-date, Signature=" + "0" * 64,
        "X-Amz-Date": "20260101T000000Z"})
    with urllib.request.urlopen(request, timeout=30) as reply:
        reply.read()


def signed(path, host):
    """The headers of a GET, signed now with the key test: good for five minutes."""
    now = datetime.datetime.now(datetime.timezone.utc)
    stamp, day = f"{now:%Y%m%dT%H%M%SZ}", f"{now:%Y%m%d}"
    scope = f"{day}/us-east-1/execute-api/aws4_request"
    canonical = f"GET\n{path}\n\nhost:{host}\nx-amz-date:{stamp}\n\nhost;x-amz-date\n{hashlib.sha256().hexdigest()}"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = b"AWS4test"
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    return {"X-Amz-Date": stamp,
            "Authorization": f"AWS4-HMAC-SHA256 Credential=test/{scope}, SignedHeaders=host;x-amz-date, "
                             f"Signature={signature}"}


BY_NAME = {"gatehouse": gatehouse_routes, "haproxy": haproxy_routes, "scg": spring_routes}
