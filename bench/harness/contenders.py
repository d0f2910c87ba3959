"""Who is compared, and how each is configured. The configuration files with their reasons are in ../peers."""

import dataclasses
import json
import os
import pathlib
import time
import urllib.request

from harness import answer
from harness.session import Session, free_port

BENCH = pathlib.Path(__file__).resolve().parent.parent
ROOT = BENCH.parent
CONTENDER_CORE, LOAD_CORE = 0, 1


@dataclasses.dataclass
class Contender:
    name: str
    port: int
    path: str
    command: list
    log: str
    warm_seconds: int  # at least this long before its windows are compared; 0 for what has no JIT
    host: str = "127.0.0.1"
    env: dict = dataclasses.field(default_factory=dict)
    start_only: bool = False  # measured for its start-up alone
    headers: object = dict  # called for what each round's requests carry besides Host
    script: list = dataclasses.field(default_factory=lambda: ["report.lua"])  # of ../load, with its arguments

    def start(self):
        return Session(self.command, CONTENDER_CORE, self.log, self.env)


def configured(template, work, name, **values):
    """Writes a peer's configuration with its @names@ filled in, and returns the file."""
    directory = work / name
    directory.mkdir()
    user = "user root;" if os.geteuid() == 0 else ""
    text = (BENCH / "peers" / template).read_text()
    for key, value in {"dir": directory, "user": user, **values}.items():
        text = text.replace(f"@{key}@", str(value))
    file = directory / template
    file.write_text(text)
    return file


def nginx_command(file):
    return ["nginx", "-e", "stderr", "-p", str(file.parent), "-c", str(file)]


def backend(work, bodies):
    port = free_port()
    file = configured("backend.conf", work, "backend", port=port)
    (file.parent / "bodies").mkdir()
    for name, body in bodies.items():
        (file.parent / "bodies" / name).write_bytes(body)
    return port, Session(nginx_command(file), LOAD_CORE, str(work / "backend.log"))


def nginx(work, path, backend_port, _options):
    port = free_port()
    file = configured("nginx.conf", work, "nginx", port=port, backend=backend_port)
    return [Contender("nginx", port, path, nginx_command(file), str(work / "nginx.log"), 0)]


def haproxy(work, path, backend_port, _options):
    port = free_port()
    file = configured("haproxy.cfg", work, "haproxy", port=port, backend=backend_port)
    return [Contender("haproxy", port, path, ["haproxy", "-db", "-f", str(file)], str(work / "haproxy.log"), 0)]


def spring_cloud_gateway(work, path, backend_port, options):
    port = free_port()
    jar = BENCH / "spring-cloud-gateway/target/spring-cloud-gateway.jar"
    command = [f"{options.java}/bin/java", "-jar", str(jar), f"--server.port={port}",
               f"--backend=http://127.0.0.1:{backend_port}"]
    return [Contender("scg", port, path, command, str(work / "scg.log"), 40)]


def gatehouse(work, path, backend_port, options):
    """Configured once over its control API; every later start serves the API from its data directory."""
    port = free_port()
    command = [str(options.gatehouse), "serve", "--port", str(port), "--data", str(work / "gatehouse")]
    log = str(work / "gatehouse.log")
    session = Session(command, CONTENDER_CORE, log)
    try:
        api = ControlApi(port, session)
        host = api.create_proxy(path, f"http://127.0.0.1:{backend_port}{path}")
        contender = Contender("gatehouse", port, path, command, log, 20, host)
        answer.await_first(contender, session, options.bodies[path[1:]])
    finally:
        session.stop()
    # _JAVA_OPTIONS is read last, so it wins over the launcher's own flags.
    without = dataclasses.replace(contender, name="gatehouse, no AOT cache", start_only=True,
                                  env={"_JAVA_OPTIONS": "-XX:AOTMode=off"})
    return [contender, without]


class ControlApi:
    """The four calls that make an HTTP API with one HTTP_PROXY route, as the AWS CLI would send them."""

    def __init__(self, port, session):
        self.url = f"http://127.0.0.1:{port}"
        answer.await_open(port, session)
        self.await_health()

    def await_health(self, seconds=60):
        """The port is open a moment before control calls are taken."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                return urllib.request.urlopen(f"{self.url}/_gatehouse/health", timeout=10).close()
            except OSError:
                time.sleep(0.01)
        raise answer.WrongAnswer("the server never became ready")

    def create_proxy(self, path, target):
        api = self.call("/v2/apis", name="bench", protocolType="HTTP")["apiId"]
        integration = self.call(f"/v2/apis/{api}/integrations", integrationType="HTTP_PROXY", integrationMethod="ANY",
                                integrationUri=target, payloadFormatVersion="1.0")["integrationId"]
        self.call(f"/v2/apis/{api}/routes", routeKey=f"ANY {path}", target=f"integrations/{integration}")
        self.call(f"/v2/apis/{api}/stages", stageName="$default", autoDeploy=True)
        return f"{api}.execute-api.localhost:{self.url.rpartition(':')[2]}"

    def call(self, path, **body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), {
            "Content-Type": "application/json",
            "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/apigateway/aws4_request, "
                             "SignedHeaders=host;x-amz-date, Signature=" + "0" * 64,
            "X-Amz-Date": "20260101T000000Z"})
        with urllib.request.urlopen(request, timeout=10) as reply:
            return json.load(reply)


BY_NAME = {"gatehouse": gatehouse, "nginx": nginx, "haproxy": haproxy, "scg": spring_cloud_gateway}
