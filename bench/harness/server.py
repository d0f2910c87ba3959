"""A running Gatehouse without a quota of routes, and one kept connection to it."""

import http.client
import json
import pathlib
import subprocess
import time

from harness.contenders import CONTENDER_CORE
from harness.machine import TICKS
from harness.session import Session, free_port

SIGNED = ("AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/{}/aws4_request, "
          "SignedHeaders=host;x-amz-date, Signature=" + "0" * 64)


class Server:
    """Pinned to the contenders' core; everything fails with one line that says what was asked."""

    def __init__(self, launcher, work, env=None):
        self.port = free_port()
        work = pathlib.Path(work)
        config = work / "gatehouse.yaml"
        config.write_text("quotas:\n  routes: none\n")
        command = [str(launcher), "serve", "--port", str(self.port), "--data", str(work / "data"),
                   "--config", str(config)]
        self.session = Session(command, CONTENDER_CORE, str(work / "gatehouse.log"), env)
        self.connection = self.connect()
        self.await_health()

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def await_health(self):
        deadline = time.monotonic() + 120
        while True:
            try:
                if self.status("", "/_gatehouse/health") == 200:
                    return
            except OSError:
                self.connection.close()
            if not self.session.alive() or time.monotonic() > deadline:
                raise SystemExit(f"bench: the server did not start\n{self.session.last_words()}")
            time.sleep(0.05)

    def call(self, method, path, body=None, service="apigateway", connection=None):
        connection = connection or self.connection
        headers = {"Authorization": SIGNED.format(service), "X-Amz-Date": "20260101T000000Z",
                   "Content-Type": "application/json"}
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        response = connection.getresponse()
        text = response.read()
        if response.status >= 300:
            raise SystemExit(f"bench: {method} {path}: {response.status} {text[:300]}")
        return json.loads(text) if text else {}

    def host(self, api):
        return f"{api}.execute-api.localhost:{self.port}"

    def status(self, api, path, connection=None):
        connection = connection or self.connection
        connection.request("GET", path, headers={"Host": self.host(api) if api else f"127.0.0.1:{self.port}"})
        response = connection.getresponse()
        response.read()
        return response.status

    def api(self, name, integration, keys, auto_deploy=True):
        """An API with one integration and these routes; its id and the integration's target."""
        api = self.call("POST", "/v2/apis", {"name": name, "protocolType": "HTTP"})["apiId"]
        made = self.call("POST", f"/v2/apis/{api}/integrations", integration)["integrationId"]
        target = f"integrations/{made}"
        for key in keys:
            self.call("POST", f"/v2/apis/{api}/routes", {"routeKey": key, "target": target})
        self.call("POST", f"/v2/apis/{api}/stages", {"stageName": "$default", "autoDeploy": auto_deploy})
        return api, target

    def proxy(self, uri):
        return {"integrationType": "HTTP_PROXY", "integrationMethod": "ANY", "payloadFormatVersion": "1.0",
                "integrationUri": uri}

    def pid(self):
        """The launcher replaces itself by java, so its process is the server."""
        return self.session.leader.pid

    def threads(self):
        """CPU seconds of the server's own threads by name, and of the processes that it has started."""
        spent = {}
        for task in pathlib.Path(f"/proc/{self.pid()}/task").iterdir():
            try:
                name, _, rest = (task / "stat").read_text().rpartition(")")
            except OSError:
                continue
            fields = rest.split()
            name = name.partition("(")[2].rstrip("0123456789-")
            spent[name] = spent.get(name, 0) + (int(fields[11]) + int(fields[12])) / TICKS
        spent["(processes)"] = self.session.cpu_seconds() - self.own_seconds()
        return spent

    def own_seconds(self):
        """CPU seconds of the server itself, without the processes that it has started."""
        return sum(ticks for pid, ticks in self.session.processes() if pid == self.pid()) / TICKS

    def jcmd(self, java, *arguments):
        return subprocess.run([f"{java}/bin/jcmd", str(self.pid()), *arguments],
                              check=True, capture_output=True, text=True).stdout

    def close(self):
        self.session.stop()
