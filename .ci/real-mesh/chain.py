"""The real chain: etcd, kube-apiserver, istiod and one Envoy as ingress gateway, each a process of its own, in network namespaces.

Run inside the namespace "fid" (net.sh up; ip netns exec fid python3 ...). Only the standard library and pyyaml.
Pods are Python sockets on addresses of the loopback device; Pod, Endpoints and status objects are written by this program.
"""
import base64, calendar, ctypes, http.client, json, os, pathlib, re, shutil, socket, ssl, subprocess, sys, threading, time
import yaml

HERE = pathlib.Path(__file__).resolve().parent
RUN = HERE / "run"
BIN = pathlib.Path(os.environ.get("FID_BIN", os.path.expanduser("~/.cache/traffic-lab/apiserver")))
ENVOY = pathlib.Path(os.environ.get("FID_ENVOY", HERE / "envoy/envoy/_bin/envoy"))
GATEWAY = "172.30.0.2"
ISTIOD = "10.96.0.50"
API_PORT, ETCD_PORT, ETCD_PEER = 18251, 18252, 18253
TOKEN = "fidelity-admin"
MARKER_PORT = 15999
GATEWAY_API_MARKER_PORT = 15998
CRDS = os.environ.get("FID_GATEWAY_API_CRDS", "")  # a folder of the Gateway API's CRDs (config/crd/standard of sigs.k8s.io/gateway-api); empty: without
GATEWAY_TEMPLATE = os.environ.get("FID_GATEWAY_TEMPLATE", "")  # kube-gateway.yaml of Istio's chart; empty: no automated deployment
GROUPS = {"GatewayClass": ("gateway.networking.k8s.io", "gatewayclasses"), "K8sGateway": ("gateway.networking.k8s.io", "gateways"),
          "HTTPRoute": ("gateway.networking.k8s.io", "httproutes"), "ReferenceGrant": ("gateway.networking.k8s.io", "referencegrants"),
          "VirtualService": ("networking.istio.io", "virtualservices"), "DestinationRule": ("networking.istio.io", "destinationrules"),
          "Gateway": ("networking.istio.io", "gateways"), "ServiceEntry": ("networking.istio.io", "serviceentries"),
          "Deployment": ("apps", "deployments"), "Service": ("", "services"), "Pod": ("", "pods"), "Namespace": ("", "namespaces"),
          "ConfigMap": ("", "configmaps"), "EndpointSlice": ("discovery.k8s.io", "endpointslices"),
          "ServiceAccount": ("", "serviceaccounts"), "CustomResourceDefinition": ("apiextensions.k8s.io", "customresourcedefinitions"),
          "MutatingWebhookConfiguration": ("admissionregistration.k8s.io", "mutatingwebhookconfigurations"),
          "ValidatingWebhookConfiguration": ("admissionregistration.k8s.io", "validatingwebhookconfigurations")}
CLUSTERWIDE = {"GatewayClass", "Namespace", "MutatingWebhookConfiguration", "CustomResourceDefinition", "ValidatingWebhookConfiguration"}
VERSIONS = {"apps": "v1", "": "v1", "discovery.k8s.io": "v1", "apiextensions.k8s.io": "v1", "admissionregistration.k8s.io": "v1", "networking.istio.io": "v1", "gateway.networking.k8s.io": "v1"}
GATEWAY_API_KINDS = {"GatewayClass", "K8sGateway", "HTTPRoute", "ReferenceGrant"}
ISTIO_KINDS = {"VirtualService", "DestinationRule", "Gateway"} | GATEWAY_API_KINDS


def kind_of(d):
    """Two groups have a kind Gateway: the Gateway API's is called K8sGateway here."""
    return "K8sGateway" if d["kind"] == "Gateway" and d.get("apiVersion", "").startswith("gateway.networking.k8s.io/") else d["kind"]


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(f"{status} {message}")
        self.status, self.message = status, message


class Api:
    """Calls the API server; one kept connection a thread."""

    def __init__(self):
        self.local = threading.local()
        self.context = ssl._create_unverified_context()

    def call(self, method, path, body=None, ctype="application/json", warn=None):
        data = None if body is None else (body if isinstance(body, (str, bytes)) else json.dumps(body))
        for attempt in (1, 2):
            c = getattr(self.local, "c", None)
            if c is None:
                c = self.local.c = http.client.HTTPSConnection("127.0.0.1", API_PORT, context=self.context, timeout=40)
            try:
                c.request(method, path, data, {"Authorization": f"Bearer {TOKEN}", "Content-Type": ctype, "Accept": "application/json"})
                r = c.getresponse()
                text = r.read()
                if warn is not None:
                    warn.extend(r.headers.get_all("Warning") or [])
                break
            except (OSError, http.client.HTTPException):
                self.local.c = None
                if attempt == 2:
                    raise
        if r.status >= 300:
            try:
                message = json.loads(text).get("message", text.decode())
            except ValueError:
                message = text.decode(errors="replace")
            raise Refused(r.status, message)
        return json.loads(text) if text[:1] == b"{" else text

    @staticmethod
    def path(kind, ns=None, name=None, version=None):
        group, plural = GROUPS[kind]
        version = version or VERSIONS[group]
        p = f"/apis/{group}/{version}" if group else "/api/v1"
        if kind not in CLUSTERWIDE:
            p += f"/namespaces/{ns}"
        return p + f"/{plural}" + (f"/{name}" if name else "")

    def create(self, d, warn=None, strict=True):
        kind = kind_of(d)
        version = d.get("apiVersion", "").split("/")[-1] or None
        return self.call("POST", self.path(kind, d["metadata"].get("namespace"), None, version) + ("?fieldValidation=Strict" if strict else ""), d, warn=warn)

    def delete(self, kind, ns, name):
        try:
            self.call("DELETE", self.path(kind, ns, name) + "?gracePeriodSeconds=0")
        except Refused as e:
            if e.status != 404:
                raise

    def ensure(self, d, **kw):
        try:
            return self.create(d, **kw)
        except Refused as e:
            if e.status != 409:
                raise


class Echo:
    """The pods' apps: each listens on its own address and answers what it received, like the product's echo app."""

    def __init__(self):
        self.pods, self.open, self.log, self.lock = {}, {}, [], threading.Lock()

    def start(self, pod, ip, port=3000, behaviour=None):
        self.stop(ip)
        b = behaviour or {}
        if b.get("refuse"):
            self.pods[ip] = (pod, None, b)
            return
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind((ip, port))
        s.listen(256)
        self.pods[ip] = (pod, s, b)
        threading.Thread(target=self.accept, args=(s, ip, pod, b), daemon=True).start()

    def stop(self, ip):
        old = self.pods.pop(ip, None)
        for c in self.open.pop(ip, []):
            try:
                c.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        if old and old[1]:
            try:
                old[1].shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            old[1].close()

    def accept(self, s, ip, pod, b):
        while True:
            try:
                c, _ = s.accept()
            except OSError:
                return
            self.open.setdefault(ip, []).append(c)
            threading.Thread(target=self.serve, args=(c, pod, b), daemon=True).start()

    def serve(self, c, pod, b):
        c.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        f = c.makefile("rb")
        try:
            while True:
                line = f.readline()
                if not line:
                    return
                method, target, _ = line.decode("latin-1").rstrip("\r\n").split(" ", 2)
                fields = []
                while True:
                    h = f.readline().decode("latin-1").rstrip("\r\n")
                    if not h:
                        break
                    k, _, v = h.partition(":")
                    fields.append((k.lower(), v.strip()))
                d = dict(fields)
                body = b""
                if "content-length" in d:
                    body = f.read(int(d["content-length"]))
                elif d.get("transfer-encoding") == "chunked":
                    while True:
                        n = int(f.readline().split(b";")[0], 16)
                        body += f.read(n)
                        f.readline()
                        if n == 0:
                            break
                host = d.pop("host", "")
                joined = {}
                for k, v in fields:
                    if k != "host":
                        joined[k] = joined[k] + "," + v if k in joined else v
                told = {"pod": pod, "method": method, "host": host, "path": target, "headers": dict(sorted(joined.items()))}
                with self.lock:
                    self.log.append(dict(told, at=time.time(), fields=fields, body=body.decode("latin-1")))
                if b.get("delayMs"):
                    time.sleep(b["delayMs"] / 1000)
                text = json.dumps(told, separators=(",", ":")).encode()
                date = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
                head = f"HTTP/1.1 {b.get('status', 200)} Status\r\nDate: {date}\r\nContent-type: application/json\r\nContent-length: {len(text)}\r\n\r\n"
                c.sendall(head.encode() + (b"" if method == "HEAD" else text))
        except (OSError, ValueError):
            pass
        finally:
            c.close()

    def taken(self):
        with self.lock:
            log, self.log = self.log, []
        return log


class Answer(dict):
    """status, headers (list of pairs as received), body, error, ms."""


def enter_netns(name):
    fd = os.open(f"/var/run/netns/{name}", os.O_RDONLY)
    if ctypes.CDLL("libc.so.6", use_errno=True).setns(fd, 0x40000000):
        raise OSError(ctypes.get_errno(), "setns")
    os.close(fd)


class Connection:
    """Plain HTTP/1.1 by hand, so that targets and header lines go out exactly as given."""

    def __init__(self, address, source=None, timeout=30):
        self.s = socket.create_connection(address, timeout=timeout, source_address=(source, 0) if source else None)
        self.s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.f = self.s.makefile("rb")

    def close(self):
        self.f.close()
        self.s.close()

    def send(self, method, target, fields, body=b""):
        start = time.time()
        lines = [f"{method} {target} HTTP/1.1"] + [f"{k}: {v}" for k, v in fields]
        if body:
            lines.append(f"content-length: {len(body)}")
        self.s.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("utf-8") + body)
        line = self.f.readline()
        if not line:
            raise OSError("closed without an answer")
        status = int(line.split()[1])
        headers = []
        while True:
            h = self.f.readline().decode("latin-1").rstrip("\r\n")
            if not h:
                break
            k, _, v = h.partition(":")
            headers.append((k, v.strip()))
        d = {k.lower(): v for k, v in headers}
        if method == "HEAD" or status in (204, 304) or status < 200:
            text = b""
        elif "content-length" in d:
            text = self.f.read(int(d["content-length"]))
        elif d.get("transfer-encoding") == "chunked":
            text = b""
            while True:
                n = int(self.f.readline().split(b";")[0], 16)
                text += self.f.read(n)
                self.f.readline()
                if n == 0:
                    break
        else:
            text = self.f.read()
        self.ends = d.get("connection", "").lower() == "close"
        return Answer(status=status, headers=headers, body=text.decode("utf-8", "replace"), ms=round((time.time() - start) * 1000))


def fields_of(request):
    fields = [("Host", request.get("host", "localhost"))]
    for k, v in (request.get("headers") or {}).items():
        fields += [(k, str(x)) for x in (v if isinstance(v, list) else [v])]
    return fields


class Client:
    """Keeps one connection to an address."""

    def __init__(self, address, source=None, prefix="", netns=None):
        self.address, self.source, self.prefix, self.c, self.netns = address, source, prefix, None, netns

    def send(self, request, extra=()):
        if self.netns:
            box = []
            def there():
                enter_netns(self.netns)
                box.append(self.send_here(request, extra))
            t = threading.Thread(target=there)
            t.start()
            t.join()
            return box[0]
        return self.send_here(request, extra)

    def send_here(self, request, extra=()):
        fresh = self.c is None
        try:
            if fresh:
                self.c = Connection(self.address, self.source)
            a = self.c.send(request.get("method", "GET"), self.prefix + request["path"], fields_of(request) + list(extra), request.get("body", "").encode())
            if self.c.ends:
                self.close()
            return a
        except (OSError, ValueError, IndexError) as e:
            self.close()
            if not fresh:
                return self.send_here(request, extra)
            return Answer(status=0, headers=[], body="", error="refused" if isinstance(e, ConnectionRefusedError) else f"{type(e).__name__}: {e}", ms=0)

    def close(self):
        if self.c:
            self.c.close()
        self.c = None


class Chain:
    def __init__(self, keep=False):
        """Starts all, or takes over what `chain.py up` left running. keep: leave it running at the end."""
        RUN.mkdir(exist_ok=True)
        self.api, self.echo, self.procs = Api(), Echo(), []
        self.state, self.ips, self.keep = {}, {}, keep
        try:
            self.api.call("GET", "/readyz")
            self.admin("/ready")
            self.keep = True
        except (OSError, Refused, http.client.HTTPException):
            self.up()
            return
        self.clean()

    def clean(self):
        """Removes what an earlier run left."""
        for kind in (("HTTPRoute", "K8sGateway", "ReferenceGrant", "GatewayClass") if CRDS else ()) + ("VirtualService", "DestinationRule", "Gateway", "EndpointSlice", "Service", "Pod"):
            group, plural = GROUPS[kind]
            for d in self.api.call("GET", (f"/apis/{group}/v1/" if group else "/api/v1/") + plural)["items"] or []:
                m = d["metadata"]
                if kind == "GatewayClass" and m["name"].startswith("istio"):
                    continue
                if "fid-marker" not in (m.get("namespace"), m["name"]) and not m["name"].startswith(("istio-ingressgateway", "istiod", "kubernetes")):
                    self.api.delete(kind, m.get("namespace"), m["name"])
        self.settle(60)

    # --- processes ---
    def spawn(self, name, cmd, env=None, netns=None):
        log = open(RUN / f"{name}.log", "wb")
        if netns:
            cmd = ["ip", "netns", "exec", netns] + cmd
        p = subprocess.Popen([str(c) for c in cmd], stdout=log, stderr=log, env={**os.environ, **(env or {})}, cwd=RUN, start_new_session=True)
        self.procs.append(p)
        with open(RUN / "pids", "a") as f:
            f.write(f"{p.pid} {name}\n")
        return p

    def up(self):
        shutil.rmtree(RUN / "etcd", ignore_errors=True)
        for f in ("sa.key", "sa.pub"):
            (RUN / f).unlink(missing_ok=True)
        subprocess.run(["openssl", "genrsa", "-out", RUN / "sa.key", "2048"], check=True, capture_output=True)
        subprocess.run(["openssl", "rsa", "-in", RUN / "sa.key", "-pubout", "-out", RUN / "sa.pub"], check=True, capture_output=True)
        (RUN / "tokens.csv").write_text(f'{TOKEN},admin,admin,"system:masters"\n')
        e = f"http://127.0.0.1:{ETCD_PORT}"
        peer = f"http://127.0.0.1:{ETCD_PEER}"
        self.spawn("etcd", [BIN / "etcd", f"--data-dir={RUN}/etcd", f"--listen-client-urls={e}", f"--advertise-client-urls={e}", f"--listen-peer-urls={peer}",
                            f"--initial-advertise-peer-urls={peer}", f"--initial-cluster=default={peer}", "--unsafe-no-fsync", "--log-level=warn"])
        self.spawn("apiserver", [BIN / "kube-apiserver", f"--etcd-servers={e}", "--bind-address=127.0.0.1", f"--secure-port={API_PORT}", f"--cert-dir={RUN}/certs",
                                 "--authorization-mode=RBAC", f"--token-auth-file={RUN}/tokens.csv", "--service-account-issuer=https://kubernetes.default.svc",
                                 f"--service-account-key-file={RUN}/sa.pub", f"--service-account-signing-key-file={RUN}/sa.key",
                                 "--service-cluster-ip-range=10.96.0.0/16", "--endpoint-reconciler-type=none", "--advertise-address=172.30.0.1",
                                 "--disable-admission-plugins=ServiceAccount,NamespaceLifecycle"])
        self.until("API server", lambda: self.api.call("GET", "/readyz") == b"ok", 180)
        for d in yaml.safe_load_all(open(BIN / "istio-crds.yaml")):
            if d:
                self.api.ensure(d, strict=False)
        for f in sorted(pathlib.Path(CRDS).glob("*.yaml")) if CRDS else []:
            for d in yaml.safe_load_all(open(f)):
                if d and d["kind"] == "CustomResourceDefinition":
                    self.api.ensure(d, strict=False)
        self.until("CRDs", lambda: all(any(c["type"] == "Established" and c["status"] == "True" for c in (d.get("status") or {}).get("conditions") or [])
                                       for d in self.api.call("GET", self.api.path("CustomResourceDefinition"))["items"]))
        for ns in ("istio-system", "fid-marker", "default"):
            self.api.ensure({"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": ns}})
        mesh = {"rootNamespace": "istio-system", "enableAutoMtls": False, "trustDomain": "cluster.local", "accessLogFile": str(RUN / "access.log"),
                "accessLogFormat": "%RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS% %REQ(X-FID)%\n", "defaultConfig": {"discoveryAddress": "istiod.istio-system.svc:15012"}}
        self.api.ensure({"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "istio", "namespace": "istio-system"}, "data": {"mesh": json.dumps(mesh), "meshNetworks": "networks: {}"}})
        self.api.ensure({"kind": "Service", "apiVersion": "v1", "metadata": {"name": "istiod", "namespace": "istio-system"},
                         "spec": {"clusterIP": ISTIOD, "ports": [{"name": "https-webhook", "port": 443}, {"name": "grpc-xds", "port": 15010}]}})
        hook = {"kind": "ValidatingWebhookConfiguration", "apiVersion": "admissionregistration.k8s.io/v1",
                "metadata": {"name": "istiod-default-validator", "labels": {"app": "istiod", "istio.io/rev": "default"}},
                "webhooks": [{"name": "validation.istio.io", "failurePolicy": "Ignore", "sideEffects": "None", "admissionReviewVersions": ["v1"],
                              "objectSelector": {"matchExpressions": [{"key": "fid-unchecked", "operator": "DoesNotExist"}]},
                              "clientConfig": {"service": {"namespace": "istio-system", "name": "istiod", "path": "/validate"}},
                              "rules": [{"operations": ["CREATE", "UPDATE"], "apiGroups": ["networking.istio.io"], "apiVersions": ["*"], "resources": ["*"]}]}]}
        self.api.ensure(hook)
        self.injector()
        (RUN / "kubeconfig").write_text(yaml.safe_dump({"apiVersion": "v1", "kind": "Config", "current-context": "real",
            "clusters": [{"name": "real", "cluster": {"server": f"https://127.0.0.1:{API_PORT}", "insecure-skip-tls-verify": True}}],
            "users": [{"name": "admin", "user": {"token": TOKEN}}], "contexts": [{"name": "real", "context": {"cluster": "real", "user": "admin"}}]}))
        while not os.access(BIN / "pilot-discovery", os.X_OK):
            time.sleep(1)  # still being compiled
        self.istiod()
        self.until("istiod's webhook", lambda: all(w["failurePolicy"] == "Fail" for w in self.api.call("GET", self.api.path("ValidatingWebhookConfiguration", name="istiod-default-validator"))["webhooks"]), 180)
        self.ingress()
        self.envoy()
        self.marker_gateway()

    def istiod(self):
        self.spawn("istiod", [BIN / "pilot-discovery", "discovery", f"--kubeconfig={RUN}/kubeconfig", f"--httpsAddr={ISTIOD}:443", f"--httpAddr={ISTIOD}:18254",
                              f"--grpcAddr={ISTIOD}:15010", f"--secureGRPCAddr={ISTIOD}:15012", f"--monitoringAddr={ISTIOD}:15014", "--log_output_level=default:info"],
                   {"POD_NAMESPACE": "istio-system", "POD_NAME": "istiod", "REVISION": "default", "PILOT_ENABLE_ALPN_FILTER": "false",
                    "PILOT_ENABLE_METADATA_EXCHANGE": "false", "PILOT_DEBOUNCE_AFTER": "60ms", "PILOT_ENABLE_CDS_CACHE": "true", "CLUSTER_ID": "Kubernetes", **json.loads(os.environ.get("FID_ISTIOD_ENV", "{}"))})

    def injector(self):
        """The selectors of Istio's chart, with a template that holds the container's name alone: whether, not what, is of interest."""
        template = "spec:\n  initContainers:\n  - name: istio-init\n    image: proxy\n  - name: istio-proxy\n    image: proxy\n    restartPolicy: Always\n"
        config = {"policy": "enabled", "defaultTemplates": ["sidecar"], "templates": {"sidecar": template}, "aliases": {}, "alwaysInjectSelector": [], "neverInjectSelector": [], "injectedAnnotations": {}}
        values = {"global": {"imagePullSecrets": []}}
        if CRDS and GATEWAY_TEMPLATE:  # of this istiod makes the Deployment and the Service of a Gateway without an address of its own
            config["templates"]["kube-gateway"] = pathlib.Path(GATEWAY_TEMPLATE).read_text()
            values = {"gateways": {"securityContext": {}, "seccompProfile": {}}, "revision": "", "pilot": {"env": {}},
                      "global": {"imagePullSecrets": [], "hub": "docker.io/istio", "tag": "1.31.0", "imagePullPolicy": "", "logging": {"level": "default:info"}, "sts": {"servicePort": 0}, "logAsJson": False,
                                 "pilotCertProvider": "istiod", "caAddress": "", "istioNamespace": "istio-system", "multiCluster": {"clusterName": ""}, "network": "", "meshID": "", "trustDomain": "", "caName": "",
                                 "sds": {"token": {"aud": "istio-ca"}}, "trustBundleName": "", "proxy": {"image": "proxyv2", "clusterDomain": "cluster.local", "logLevel": "warning", "componentLogLevel": "misc:error", "resources": {}, "lifecycle": {}}}}
        self.api.ensure({"kind": "ConfigMap", "apiVersion": "v1", "metadata": {"name": "istio-sidecar-injector", "namespace": "istio-system"}, "data": {"config": yaml.safe_dump(config), "values": json.dumps(values)}})
        no, yes, rev, inj = ({"key": "sidecar.istio.io/inject", "operator": "NotIn", "values": ["false"]}, {"key": "sidecar.istio.io/inject", "operator": "In", "values": ["true"]}, "istio.io/rev", "istio-injection")
        absent = lambda k: {"key": k, "operator": "DoesNotExist"}
        hooks = {"rev.namespace.": ([{"key": rev, "operator": "In", "values": ["default"]}, absent(inj)], [no]), "rev.object.": ([absent(rev), absent(inj)], [no, {"key": rev, "operator": "In", "values": ["default"]}]),
                 "namespace.": ([{"key": inj, "operator": "In", "values": ["enabled"]}], [no]), "object.": ([absent(inj), absent(rev)], [yes, absent(rev)])}
        self.api.ensure({"kind": "MutatingWebhookConfiguration", "apiVersion": "admissionregistration.k8s.io/v1", "metadata": {"name": "istio-sidecar-injector", "labels": {"istio.io/rev": "default", "app": "sidecar-injector"}},
                         "webhooks": [{"name": p + "sidecar-injector.istio.io", "clientConfig": {"service": {"name": "istiod", "namespace": "istio-system", "path": "/inject", "port": 443}}, "sideEffects": "None", "failurePolicy": "Fail",
                                       "reinvocationPolicy": "Never", "admissionReviewVersions": ["v1"], "rules": [{"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]}],
                                       "namespaceSelector": {"matchExpressions": n}, "objectSelector": {"matchExpressions": o}} for p, (n, o) in hooks.items()]})

    def injected(self, docs):
        """Whether a pod of these objects gets a sidecar, asked by a dry run."""
        names = {d["metadata"]["name"]: d["metadata"] for d in docs if d["kind"] == "Namespace"}
        for name, m in names.items():
            if name != "kube-system":
                self.api.delete("Namespace", None, name + "-fid")
        out = []
        for d in docs:
            if d["kind"] != "Deployment":
                continue
            ns = d["metadata"].get("namespace", "default")
            labels = names.get(ns, {}).get("labels", {})
            if ns != "kube-system":
                ns = f"inject-{time.time_ns()}"
            self.api.ensure({"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": ns, "labels": labels}})
            if ns == "kube-system" and labels:
                self.api.call("PATCH", self.api.path("Namespace", None, ns), {"metadata": {"labels": labels}}, "application/merge-patch+json")
            t = d["spec"]["template"]
            pod = {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "p", "namespace": ns, **t["metadata"]}, "spec": t["spec"]}
            made = self.api.call("POST", self.api.path("Pod", ns) + "?dryRun=All", pod)
            names_of = [c["name"] for c in made["spec"]["containers"] + made["spec"].get("initContainers", [])]
            out.append("istio-proxy" in names_of)
        return out

    def until(self, what, condition, limit=120):
        end = time.time() + limit
        while time.time() < end:
            for p in self.procs:
                if p.poll() is not None:
                    sys.exit(f"{p.args} ended with {p.returncode} while waiting for {what}; see {RUN}")
            try:
                if condition():
                    return
            except (Refused, OSError, http.client.HTTPException):
                pass
            time.sleep(0.1)
        raise TimeoutError(what)

    def ingress(self):
        labels = {"app": "istio-ingressgateway", "istio": "ingressgateway"}
        self.pod("istio-system", "istio-ingressgateway-0", labels, GATEWAY, [{"name": "istio-proxy", "image": "proxy", "ports": [{"containerPort": 8080}]}])
        ports = [{"name": "http2", "port": 80, "targetPort": 8080}, {"name": "https", "port": 443, "targetPort": 8443}]
        if CRDS:
            ports.append({"name": "marker", "port": GATEWAY_API_MARKER_PORT, "targetPort": GATEWAY_API_MARKER_PORT})
        self.api.ensure({"kind": "Service", "apiVersion": "v1", "metadata": {"name": "istio-ingressgateway", "namespace": "istio-system", "labels": labels},
                         "spec": {"type": "LoadBalancer", "selector": labels, "ports": ports}})
        if CRDS:  # a load balancer would write this; without it a Gateway's address stays pending
            self.api.call("PATCH", self.api.path("Service", "istio-system", "istio-ingressgateway") + "/status", {"status": {"loadBalancer": {"ingress": [{"ip": GATEWAY}]}}}, "application/merge-patch+json")
        self.api.ensure({"kind": "EndpointSlice", "apiVersion": "discovery.k8s.io/v1", "addressType": "IPv4",
                         "metadata": {"name": "istio-ingressgateway-1", "namespace": "istio-system", "labels": {"kubernetes.io/service-name": "istio-ingressgateway"}},
                         "ports": [{"name": p["name"], "port": p["targetPort"], "protocol": "TCP"} for p in ports],
                         "endpoints": [{"addresses": [GATEWAY], "conditions": {"ready": True}, "nodeName": "n1", "targetRef": {"kind": "Pod", "name": "istio-ingressgateway-0", "namespace": "istio-system"}}]})

    def pod(self, ns, name, labels, ip, containers, ready=True):
        self.api.create({"kind": "Pod", "apiVersion": "v1", "metadata": {"name": name, "namespace": ns, "labels": labels}, "spec": {"nodeName": "n1", "containers": containers, "terminationGracePeriodSeconds": 0}})
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        status = {"phase": "Running", "podIP": ip, "podIPs": [{"ip": ip}], "hostIP": "172.30.0.1", "startTime": now,
                  "conditions": [{"type": t, "status": "True" if ready or t in ("Initialized", "PodScheduled") else "False", "lastTransitionTime": now} for t in ("Initialized", "Ready", "ContainersReady", "PodScheduled")]}
        self.api.call("PATCH", self.api.path("Pod", ns, name) + "/status", {"status": status}, "application/merge-patch+json")

    def envoy(self, netns="fidgw"):
        meta = {"NAMESPACE": "istio-system", "LABELS": {"app": "istio-ingressgateway", "istio": "ingressgateway"}, "CLUSTER_ID": "Kubernetes", "ISTIO_VERSION": "1.31.0",
                "NAME": "istio-ingressgateway-0", "WORKLOAD_NAME": "istio-ingressgateway", "OWNER": "kubernetes://apis/apps/v1/namespaces/istio-system/deployments/istio-ingressgateway",
                "SERVICE_ACCOUNT": "istio-ingressgateway", "MESH_ID": "cluster.local", "INSTANCE_IPS": GATEWAY, "PILOT_SAN": ["istiod.istio-system.svc"], "PROXY_CONFIG": {}}
        boot = {"node": {"id": f"router~{GATEWAY}~istio-ingressgateway-0.istio-system~istio-system.svc.cluster.local", "cluster": "istio-ingressgateway.istio-system", "metadata": meta},
                # The runtime flags of Istio's own bootstrap (istio pkg/bootstrap/config.go).
                "layered_runtime": {"layers": [{"name": "global config", "static_layer": {"re2.max_program_size.error_level": 32768,
                    "envoy.reloadable_features.http_reject_path_with_fragment": False, "envoy.reloadable_features.fixed_heap_use_allocated": True}}, {"name": "admin", "admin_layer": {}}]},
                "admin": {"address": {"socket_address": {"address": "0.0.0.0", "port_value": 15000}}},
                "dynamic_resources": {"lds_config": {"ads": {}, "resource_api_version": "V3", "initial_fetch_timeout": "0s"}, "cds_config": {"ads": {}, "resource_api_version": "V3", "initial_fetch_timeout": "0s"},
                    "ads_config": {"api_type": "DELTA_GRPC", "set_node_on_first_message_only": True, "transport_api_version": "V3", "grpc_services": [{"envoy_grpc": {"cluster_name": "xds-grpc"}}]}},
                "static_resources": {"clusters": [{"name": "xds-grpc", "type": "STATIC", "connect_timeout": "1s",
                    "typed_extension_protocol_options": {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {"@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions", "explicit_http_config": {"http2_protocol_options": {}}}},
                    "load_assignment": {"cluster_name": "xds-grpc", "endpoints": [{"lb_endpoints": [{"endpoint": {"address": {"socket_address": {"address": ISTIOD, "port_value": 15010}}}}]}]}}]}}
        (RUN / "envoy.json").write_text(json.dumps(boot, indent=1))
        (RUN / "access.log").write_text("")
        self.spawn("envoy", [ENVOY, "-c", RUN / "envoy.json", "--concurrency", "1", "--drain-time-s", "1", "--drain-strategy", "immediate", "--parent-shutdown-time-s", "2",
                             "--local-address-ip-version", "v4", "--file-flush-interval-msec", "50", "--disable-hot-restart", "-l", "warning"], netns=netns)
        self.until("Envoy", lambda: self.admin("/ready").startswith("LIVE") or True, 60)

    def sidecar(self, ns, labels, ip="172.31.0.2"):
        """An Envoy as the sidecar of a pod "client-0" in the namespace, in the network namespace fidsc."""
        self.api.ensure({"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": ns}})
        try:  # no certificates are handed out here
            self.api.call("POST", "/apis/security.istio.io/v1/namespaces/istio-system/peerauthentications", {"apiVersion": "security.istio.io/v1", "kind": "PeerAuthentication", "metadata": {"name": "default", "namespace": "istio-system"}, "spec": {"mtls": {"mode": "DISABLE"}}})
        except Refused as e:
            if e.status != 409:
                raise
        self.api.delete("Pod", ns, "client-0")
        self.pod(ns, "client-0", labels, ip, [{"name": "app", "image": "x"}])
        boot = json.loads((RUN / "envoy.json").read_text())
        boot["node"]["id"] = f"sidecar~{ip}~client-0.{ns}~{ns}.svc.cluster.local"
        boot["node"]["cluster"] = f"client.{ns}"
        boot["node"]["metadata"].update(NAMESPACE=ns, LABELS=labels, NAME="client-0", WORKLOAD_NAME="client", INSTANCE_IPS=ip, SERVICE_ACCOUNT="default", INTERCEPTION_MODE="REDIRECT")
        boot["node"]["metadata"].pop("OWNER", None)
        (RUN / "sidecar.json").write_text(json.dumps(boot, indent=1))
        p = self.spawn("sidecar", [ENVOY, "-c", RUN / "sidecar.json", "--concurrency", "1", "--drain-time-s", "1", "--drain-strategy", "immediate", "--disable-hot-restart", "-l", "warning", "--base-id", "7"], netns="fidsc")
        def ready():
            c = http.client.HTTPConnection(ip, 15000, timeout=5)
            c.request("GET", "/ready")
            return c.getresponse().read().startswith(b"LIVE")
        self.until("the sidecar", ready, 60)
        return p

    def made(self, clean=False):
        """What istiod made for Gateways without an address: {kind/name: object}. clean: removes it, as the garbage collector would."""
        out = {}
        for kind, path in (("Deployment", "/apis/apps/v1/{}deployments"), ("Service", "/api/v1/{}services"), ("ServiceAccount", "/api/v1/{}serviceaccounts"),
                           ("HorizontalPodAutoscaler", "/apis/autoscaling/v2/{}horizontalpodautoscalers"), ("PodDisruptionBudget", "/apis/policy/v1/{}poddisruptionbudgets")):
            for d in self.api.call("GET", path.format("") + "?labelSelector=gateway.istio.io/managed")["items"]:
                m = d["metadata"]
                out[f"{kind}/{m['name']}"] = d
                if clean:
                    self.api.call("DELETE", path.format(f"namespaces/{m['namespace']}/") + "/" + m["name"])
        return out

    def automatic(self, service, address=True, ip="172.31.0.2"):
        """Does for a generated Service what kubelet, controllers and a load balancer would: a pod (an Envoy in the network namespace fidsc), endpoints, an address."""
        m = service["metadata"]
        ns, name, gateway = m["namespace"], m["name"], m["labels"]["gateway.networking.k8s.io/gateway-name"]
        labels = {k: v for k, v in m["labels"].items()}
        self.api.delete("Pod", ns, name + "-0")
        self.pod(ns, name + "-0", labels, ip, [{"name": "istio-proxy", "image": "proxy"}])
        self.api.delete("EndpointSlice", ns, name + "-1")
        self.api.create({"kind": "EndpointSlice", "apiVersion": "discovery.k8s.io/v1", "addressType": "IPv4", "metadata": {"name": name + "-1", "namespace": ns, "labels": {"kubernetes.io/service-name": name}},
                         "ports": [{"name": p["name"], "port": p["port"], "protocol": "TCP"} for p in service["spec"]["ports"]],
                         "endpoints": [{"addresses": [ip], "conditions": {"ready": True}, "nodeName": "n1", "targetRef": {"kind": "Pod", "name": name + "-0", "namespace": ns}}]})
        if address and service["spec"]["type"] == "LoadBalancer":
            self.api.call("PATCH", self.api.path("Service", ns, name) + "/status", {"status": {"loadBalancer": {"ingress": [{"ip": ip}]}}}, "application/merge-patch+json")
        boot = json.loads((RUN / "envoy.json").read_text())
        boot["node"]["id"] = f"router~{ip}~{name}-0.{ns}~{ns}.svc.cluster.local"
        boot["node"]["cluster"] = f"{name}.{ns}"
        boot["node"]["metadata"].update(NAMESPACE=ns, LABELS=labels, NAME=name + "-0", WORKLOAD_NAME=name, INSTANCE_IPS=ip, SERVICE_ACCOUNT=name)
        boot["node"]["metadata"].pop("OWNER", None)
        (RUN / "automatic.json").write_text(json.dumps(boot, indent=1))
        p = self.spawn("automatic", [ENVOY, "-c", RUN / "automatic.json", "--concurrency", "1", "--drain-time-s", "1", "--drain-strategy", "immediate", "--disable-hot-restart", "--file-flush-interval-msec", "50", "-l", "warning"], netns="fidsc")
        def ready():
            c = http.client.HTTPConnection(ip, 15000, timeout=5)
            c.request("GET", "/ready")
            return c.getresponse().read().startswith(b"LIVE")
        self.until("the gateway's Envoy", ready, 60)
        path, end = self.api.path("K8sGateway", ns, gateway), time.time() + 8
        while time.time() < end and any("no instances" in c["message"] for c in self.api.call("GET", path).get("status", {}).get("conditions", [])):
            time.sleep(0.1)
        wanted = {str(p["targetPort"]) for p in service["spec"]["ports"]} - {"15021"}
        while time.time() < end + 4:
            c = http.client.HTTPConnection(ip, 15000, timeout=5)
            c.request("GET", "/listeners")
            if wanted <= {l.rsplit(":", 1)[-1].strip() for l in c.getresponse().read().decode().splitlines()}:
                break
            time.sleep(0.1)
        time.sleep(1.2)  # it has no marker of its own
        return p

    def inside(self, service_ip, port=80):
        """A client in the pod with the sidecar."""
        return Client((service_ip, port), netns="fidsc")

    def admin(self, path, method="GET"):
        c = http.client.HTTPConnection(GATEWAY, 15000, timeout=10)
        c.request(method, path)
        return c.getresponse().read().decode()

    def marker_gateway(self):
        self.api.ensure({"kind": "Gateway", "apiVersion": "networking.istio.io/v1", "metadata": {"name": "fid-marker", "namespace": "fid-marker"},
                         "spec": {"selector": {"istio": "ingressgateway"}, "servers": [{"port": {"number": MARKER_PORT, "name": "http", "protocol": "HTTP"}, "hosts": ["*"]}]}})
        if CRDS:
            self.api.ensure({"kind": "Gateway", "apiVersion": "gateway.networking.k8s.io/v1", "metadata": {"name": "fid-marker", "namespace": "istio-system"},
                             "spec": {"gatewayClassName": "istio", "addresses": [{"type": "Hostname", "value": "istio-ingressgateway.istio-system.svc.cluster.local"}],
                                      "listeners": [{"name": "marker", "port": GATEWAY_API_MARKER_PORT, "protocol": "HTTP"}]}})
        self.settle(60)

    def gateway_api_marker(self):
        """The Gateway API's objects take another way through istiod, so they have a marker route of their own."""
        d = {"kind": "HTTPRoute", "apiVersion": "gateway.networking.k8s.io/v1", "metadata": {"name": "fid-marker", "namespace": "istio-system"},
             "spec": {"parentRefs": [{"name": "fid-marker"}], "rules": [{"filters": [{"type": "RequestRedirect", "requestRedirect": {"hostname": f"m{self.marker}.example"}}]}]}}
        try:
            self.api.call("PATCH", self.api.path("HTTPRoute", "istio-system", "fid-marker"), d, "application/merge-patch+json")
        except Refused as e:
            if e.status != 404:
                raise
            self.api.create(d)

    def conditions(self, limit=6, quiet=0.6):
        """What istiod wrote into the Gateway API objects' status: {kind/namespace/name: ...}, once it no longer changes."""
        last, since, end = None, time.time(), time.time() + limit
        while time.time() < end:
            now = {}
            for kind in ("GatewayClass", "K8sGateway", "HTTPRoute"):
                group, plural = GROUPS[kind]
                for d in self.api.call("GET", f"/apis/{group}/v1/{plural}")["items"]:
                    m = d["metadata"]
                    if m["name"] != "fid-marker":
                        now[f"{'Gateway' if kind == 'K8sGateway' else kind}/{m.get('namespace', '')}/{m['name']}"] = {"generation": m.get("generation"), **(d.get("status") or {})}
            if now != last:
                last, since = now, time.time()
            elif time.time() - since > quiet:
                break
            time.sleep(0.1)
        return last

    # --- objects ---
    def settle(self, limit=20):
        """Writes a marker route after everything else, and waits till Envoy serves it and nothing is warming."""
        self.marker = time.time_ns()
        d = {"kind": "VirtualService", "apiVersion": "networking.istio.io/v1", "metadata": {"name": "fid-marker", "namespace": "fid-marker"},
             "spec": {"hosts": ["*"], "gateways": ["fid-marker"], "http": [{"directResponse": {"status": 200, "body": {"string": f"marker-{self.marker}"}}}]}}
        try:
            self.api.call("PATCH", self.api.path("VirtualService", "fid-marker", "fid-marker"), d, "application/merge-patch+json")
        except Refused as e:
            if e.status != 404:
                raise
            self.api.create(d)
        end = time.time() + limit
        if CRDS:
            self.gateway_api_marker()
            while time.time() < end:
                try:
                    c = http.client.HTTPConnection(GATEWAY, GATEWAY_API_MARKER_PORT, timeout=5)
                    c.request("GET", "/")
                    if f"m{self.marker}.example" in (c.getresponse().headers.get("location") or ""):
                        break
                except OSError:
                    pass
                time.sleep(0.02)
            else:
                raise TimeoutError("Envoy never served the Gateway API's marker; see run/envoy.log and run/istiod.log")
        while time.time() < end:
            try:
                c = http.client.HTTPConnection(GATEWAY, MARKER_PORT, timeout=5)
                c.request("GET", "/")
                if c.getresponse().read() == f"marker-{self.marker}".encode():
                    break
            except OSError:
                pass
            time.sleep(0.02)
        else:
            raise TimeoutError("Envoy never served the marker; see run/envoy.log and run/istiod.log")
        while time.time() < end:
            stats = self.admin("/stats?filter=warming")
            if all(l.endswith(" 0") for l in stats.strip().splitlines()):
                return
            time.sleep(0.02)
        raise TimeoutError("still warming: " + stats)

    def rejected(self):
        """What Envoy refused of istiod's configuration, if anything."""
        stats = self.admin("/stats?filter=update_rejected")
        return {l.split(":")[0]: int(l.split(":")[1]) for l in stats.splitlines() if l and not l.endswith(" 0")}

    def load(self, docs, scale=None, not_ready=(), pod_ips=None, behaviour=None, tick=True, pods=None, unchecked=False, warn=None):
        """Makes the cluster hold exactly these objects (beside its own); a changed Istio object is made anew."""
        scale, pod_ips, behaviour = scale or {}, pod_ips or {}, behaviour or {}
        want = {}
        for d in docs:
            d = json.loads(json.dumps(d, default=str))
            if d["kind"] not in CLUSTERWIDE:
                d["metadata"].setdefault("namespace", "default")
            if d["metadata"].get("namespace") == "istio-system" and d["metadata"]["name"] == "istio-ingressgateway":
                continue
            want[(kind_of(d), d["metadata"].get("namespace"), d["metadata"]["name"])] = d
        expanded = {}
        for key, d in want.items():
            if d["kind"] == "Deployment":
                expanded.update(self.pods_of(d, scale, not_ready, pod_ips, behaviour, pods))
            elif d["kind"] != "Namespace":
                expanded[key] = d
        # Endpoints follow Services and pods.
        for key, d in list(expanded.items()):
            if d["kind"] == "Service":
                for s in self.slices(d, [p for k, p in expanded.items() if p["kind"] == "Pod" and k[1] == key[1]]):
                    expanded[("EndpointSlice", key[1], s["metadata"]["name"])] = s
        for d in want.values():
            if d["kind"] == "Namespace":
                self.api.ensure({"kind": "Namespace", "apiVersion": "v1", "metadata": {k: v for k, v in d["metadata"].items() if k in ("name", "labels")}})
                if CRDS:  # labels as given, also where the namespace existed
                    now = self.api.call("GET", self.api.path("Namespace", name=d["metadata"]["name"]))["metadata"].get("labels", {})
                    gone = {k: None for k in now if k != "kubernetes.io/metadata.name"}
                    self.api.call("PATCH", self.api.path("Namespace", name=d["metadata"]["name"]), {"metadata": {"labels": {**gone, **d["metadata"].get("labels", {})}}}, "application/merge-patch+json")
        for ns in {k[1] for k in expanded if k[1]}:
            self.api.ensure({"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": ns}})
        istio_same = [(k, json.dumps(self.state.get(k), sort_keys=True)) for k in self.state if k[0] in ISTIO_KINDS] == [(k, json.dumps(d, sort_keys=True)) for k, d in expanded.items() if k[0] in ISTIO_KINDS]
        for key in [k for k in self.state if k[0] in ISTIO_KINDS and not istio_same] + [k for k in self.state if k[0] not in ISTIO_KINDS and self.state[k] != expanded.get(k)]:
            d = self.state.pop(key)
            if d["kind"] == "Pod":
                self.echo.stop(d["fid"]["ip"])
            self.api.delete(*key)
        order = [k for k in expanded if k[0] == "Service"] + [k for k in expanded if k[0] == "Pod"] + [k for k in expanded if k[0] == "EndpointSlice"]
        istio = [k for k in expanded if k[0] in ISTIO_KINDS]
        if any(expanded[k]["metadata"].get("creationTimestamp") for k in istio):
            istio.sort(key=lambda k: expanded[k]["metadata"].get("creationTimestamp") or "0")
        elif any(k[0] in GATEWAY_API_KINDS for k in istio):
            istio.sort(key=lambda k: ["GatewayClass", "ReferenceGrant", "K8sGateway"].index(k[0]) if k[0] in ("GatewayClass", "ReferenceGrant", "K8sGateway") else 3)
        rest = [k for k in expanded if k not in order and k not in istio]
        seen, stamps = {}, {}
        for key in order + rest + istio:
            if key in self.state:
                continue
            d = expanded[key]
            if d["kind"] == "Pod":
                f = d["fid"]
                self.pod(key[1], key[2], d["metadata"].get("labels", {}), f["ip"], d["spec"]["containers"], f["ready"])
                self.echo.start(f.get("tell") or key[2], f["ip"], f["port"], f["behaviour"])
            else:
                stamp = d["metadata"].get("creationTimestamp")
                if tick and key[0] in ISTIO_KINDS:
                    together = stamp and sum(x["metadata"].get("creationTimestamp") == stamp for x in expanded.values() if x["kind"] == d["kind"]) > 1
                    if not together or stamps.get(d["kind"]) != stamp:
                        while seen.get(d["kind"]) == int(time.time()) or together and time.time() % 1 > 0.5:
                            time.sleep(0.01)
                    stamps[d["kind"]] = stamp
                out = dict(d, metadata={k: v for k, v in d["metadata"].items() if k != "creationTimestamp"})
                if unchecked and d["kind"] in ISTIO_KINDS:
                    out["metadata"]["labels"] = {**out["metadata"].get("labels", {}), "fid-unchecked": "true"}
                made = self.api.create(out, warn=warn)
                seen[d["kind"]] = calendar.timegm(time.strptime(made["metadata"]["creationTimestamp"], "%Y-%m-%dT%H:%M:%SZ"))
            self.state[key] = d
        self.settle()

    def pods_of(self, d, scale, not_ready, pod_ips, behaviour, pods):
        name, ns, out = d["metadata"]["name"], d["metadata"]["namespace"], {}
        count = scale.get(name, (d.get("spec") or {}).get("replicas", 1))
        t = d["spec"]["template"]
        given = (pods or {}).get(name)
        if given is not None:
            count = len(given)
        for i in range(count):
            pod = given[i][0] if given else f"{name}-6d5f4c7b89-{i:05d}"
            if given:
                ip = given[i][1]
            elif i < len(pod_ips.get(name, [])):
                ip = pod_ips[name][i]
            else:
                ip = self.ips.setdefault((ns, pod), f"10.244.{(len(self.ips) + 1) // 250}.{(len(self.ips) + 1) % 250 + 1}")
            port = next((p["containerPort"] for c in t["spec"]["containers"] for p in c.get("ports", [])), 3000)
            out[("Pod", ns, pod)] = {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": pod, "namespace": ns, "labels": t["metadata"].get("labels", {})}, "spec": {"containers": t["spec"]["containers"]},
                                     "fid": {"ip": ip, "port": port, "ready": name not in not_ready, "behaviour": behaviour.get(name)}}
        return out

    @staticmethod
    def slices(svc, pods):
        sel = svc["spec"].get("selector")
        if not sel:
            return []
        mine = [p for p in pods if all(p["metadata"]["labels"].get(k) == v for k, v in sel.items())]
        groups = {}
        for p in mine:
            ports = []
            for sp in svc["spec"].get("ports", []):
                target = sp.get("targetPort", sp["port"])
                if isinstance(target, str) and not target.isdigit():
                    target = next((cp["containerPort"] for c in p["spec"]["containers"] for cp in c.get("ports", []) if cp.get("name") == target), None)
                if target is not None:
                    ports.append((sp.get("name", ""), int(target), sp.get("protocol", "TCP"), sp.get("appProtocol")))
            groups.setdefault(tuple(ports), []).append(p)
        out = []
        for n, (ports, members) in enumerate(groups.items()):
            out.append({"kind": "EndpointSlice", "apiVersion": "discovery.k8s.io/v1", "addressType": "IPv4",
                        "metadata": {"name": f"{svc['metadata']['name']}-{n}", "namespace": svc["metadata"]["namespace"], "labels": {"kubernetes.io/service-name": svc["metadata"]["name"]}},
                        "ports": [{"name": a, "port": b, "protocol": c, **({"appProtocol": e} if e else {})} for a, b, c, e in ports],
                        "endpoints": [{"addresses": [m["fid"]["ip"]], "conditions": {"ready": m["fid"]["ready"], "serving": m["fid"]["ready"], "terminating": False}, "nodeName": "n1",
                                       "targetRef": {"kind": "Pod", "name": m["metadata"]["name"], "namespace": m["metadata"]["namespace"]}} for m in members]})
        return out

    def client(self, source=None, port=80):
        port = {80: 8080, 443: 8443}.get(port, port)
        if source and source.startswith("127."):
            return Client(("127.0.0.1", port), None, netns="fidgw")
        return Client((GATEWAY, port), source)

    def flags(self, mark):
        """Response flags and details that Envoy's access log holds for the request with this x-fid header."""
        end = time.time() + 3
        while time.time() < end:
            for line in reversed((RUN / "access.log").read_text().splitlines()[-400:]):
                parts = line.split(" ")
                if parts[-1] == mark:
                    return parts[0], " ".join(parts[1:-1])
            time.sleep(0.03)
        return None, None

    def down(self):
        if self.keep:
            return
        for p in reversed(self.procs):
            p.terminate()
        for p in reversed(self.procs):
            try:
                p.wait(10)
            except subprocess.TimeoutExpired:
                p.kill()


if __name__ == "__main__":
    if sys.argv[1:] == ["up"]:
        (RUN / "pids").unlink(missing_ok=True)
        Chain(keep=True)
        print("up")
    elif sys.argv[1:] == ["istiod"]:  # starts it again
        for line in (RUN / "pids").read_text().splitlines():
            if line.endswith("istiod"):
                os.kill(int(line.split()[0]), 15)
        time.sleep(3)
        c = Chain.__new__(Chain)
        c.api, c.procs = Api(), []
        c.injector()
        c.istiod()
    elif sys.argv[1:] == ["down"]:
        for line in (RUN / "pids").read_text().splitlines():
            try:
                os.kill(int(line.split()[0]), 15)
            except ProcessLookupError:
                pass
