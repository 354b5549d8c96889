"""Drives the product over its HTTP API. Only the standard library and pyyaml."""
import base64, http.client, json, os, pathlib, re, shutil, subprocess, time, urllib.error, urllib.request
import yaml
from chain import Client

HERE = pathlib.Path(__file__).resolve().parent
JAVA = os.environ.get("FID_JAVA", os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java")


class Product:
    def __init__(self, port=18201, jar=None):
        self.port = port
        self.p = None
        try:  # One that runs already, left by an earlier run, will do.
            if b'"UP"' in self.http("GET", "/actuator/health/readiness")[1]:
                return
        except OSError:
            pass
        # A command line of one's own (FID_PRODUCT), for a checkout that is not packaged; else the jar.
        command = os.environ["FID_PRODUCT"].split() if "FID_PRODUCT" in os.environ else [JAVA, "-jar", jar or os.environ["FID_JAR"]]
        data = HERE / f"data-{port}"
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        self.p = subprocess.Popen(command + [f"--server.port={port}", f"--tutorial.data-dir={data}", "--tutorial.limits.enabled=false"],
                                  stdout=open(HERE / "run" / f"product-{port}.log", "wb"), stderr=subprocess.STDOUT,
                                  env={**os.environ, "TUTORIAL_INSTRUCTOR_PASSWORD": "secret-for-tests"}, cwd=HERE / "run")
        end = time.time() + 180
        while True:
            try:
                if b'"UP"' in self.http("GET", "/actuator/health/readiness")[1]:
                    return
            except OSError:
                pass
            if time.time() > end or self.p.poll() is not None:
                raise RuntimeError("the product did not start")
            time.sleep(0.2)

    def http(self, method, path, body=None, headers=None):
        r = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body.encode() if isinstance(body, str) else body, method=method, headers=headers or {})
        try:
            with urllib.request.urlopen(r, timeout=60) as a:
                return a.status, a.read(), list(a.headers.items())
        except urllib.error.HTTPError as a:
            return a.code, a.read(), list(a.headers.items())

    def lab(self):
        status, body, _ = self.http("POST", "/api/v1/labs", b"{}", {"Content-Type": "application/json"})
        if status != 201:
            raise RuntimeError(f"POST /api/v1/labs: {status} {body[:200]}")
        return Lab(self, json.loads(body))

    def stop(self):
        if self.p:
            self.p.terminate()
            self.p.wait(30)


class Lab:
    def __init__(self, product, made):
        self.p, self.id, self.token, self.ns = product, made["id"], made["token"], made["namespace"]
        self.prefix = made["gatewayPath"].rstrip("/")
        self.auth = {"Authorization": f"Bearer {self.token}"}

    def put(self, text):
        status, body, _ = self.p.http("PUT", f"/api/v1/labs/{self.id}/manifests", text, {**self.auth, "Content-Type": "application/yaml"})
        return status, body.decode(errors="replace")

    def kube(self, method, path, body=None, ctype="application/json"):
        status, text, headers = self.p.http(method, "/kubernetes" + path, body if body is None else json.dumps(body), {**self.auth, "Content-Type": ctype})
        try:
            return status, json.loads(text), headers
        except ValueError:
            return status, {"message": text.decode(errors="replace")}, headers

    def pods(self):
        return self.kube("GET", f"/api/v1/namespaces/{self.ns}/pods")[1].get("items", [])

    @staticmethod
    def warnings(headers):
        return sorted(w.replace('\\"', '"') for k, v in headers if k.lower() == "warning" for w in re.findall(r'299 - "((?:[^"\\]|\\.)*)"', v))

    def wait_pods(self, count, limit=20):
        end = time.time() + limit
        while time.time() < end:
            items = [p for p in self.pods() if not p["metadata"].get("deletionTimestamp")]
            if len(items) == count and all(any(c["type"] == "Ready" and c["status"] == "True" for c in p.get("status", {}).get("conditions", [])) for p in items):
                return items
            time.sleep(0.05)
        return None

    def clear_istio(self, kinds=("virtualservices", "destinationrules", "gateways")):
        for plural in kinds:
            for d in self.kube("GET", f"/apis/networking.istio.io/v1/namespaces/{self.ns}/{plural}")[1].get("items", []):
                self.kube("DELETE", f"/apis/networking.istio.io/v1/namespaces/{self.ns}/{plural}/{d['metadata']['name']}")

    def create(self, d):
        plural = {"VirtualService": "virtualservices", "DestinationRule": "destinationrules", "Gateway": "gateways"}[d["kind"]]
        return self.kube("POST", f"/apis/{d['apiVersion']}/namespaces/{self.ns}/{plural}?fieldValidation=Strict", d)

    def client(self, source=None):
        return Client(("127.0.0.1", self.p.port), source, self.prefix)
