"""A second real server whose security is on: TLS under an authority of its own, one user of the file realm.

API keys cannot be made on it: they need the module `analysis-common`, which this distribution leaves out.
"""

import base64
import datetime as dt
import hashlib
import ipaddress
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from search.elastic.distribution import java_home
from search.elastic.server import as_user, free_port
from tests.waiting import HANGS

USER, PASSWORD = "searcher", "a-long-password"
_CONFIG = """
cluster.name: secured
node.name: secured
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: 0
path.data: {folder}/data
path.logs: {folder}/logs
action.auto_create_index: false
xpack.security.enabled: true
xpack.security.http.ssl.enabled: true
xpack.security.http.ssl.key: {folder}/config/node.key
xpack.security.http.ssl.certificate: {folder}/config/node.crt
cluster.routing.allocation.disk.threshold_enabled: false
"""
_JVM = "-Xms512m\n-Xmx512m\n-XX:+UseG1GC\n-XX:TieredStopAtLevel=1\n-XX:-AlwaysPreTouch\n-Djava.io.tmpdir={folder}/tmp\n"

#: What docs/operations.md asks for the key of.
_ROLE = """
yinling:
  cluster: [monitor]
  indices:
    - names: ["yinling-*"]
      privileges: [create_index, manage, read, index, delete]
"""


@dataclass(frozen=True, slots=True)
class Secured:
    """`url` without, `known` with user and password; files with its authority's certificate and with a stranger's."""

    url: str
    authority: Path
    stranger: Path

    @property
    def known(self) -> str:
        return self.url.replace("https://", f"https://{USER}:{PASSWORD}@")


@contextmanager
def secured(home: Path, folder: Path) -> Iterator[Secured]:
    """Started from the unpacked distribution, ended with the block. It does not wait until the server answers."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(home / "config", folder / "config")
    for name in ("data", "logs", "tmp"):
        (folder / name).mkdir()
    found = Secured(f"https://127.0.0.1:{free_port()}", folder / "authority.crt", folder / "stranger.crt")
    _write(folder, port=int(found.url.rpartition(":")[2]))
    environment = {
        "PATH": os.environ["PATH"], "HOSTNAME": "secured", "ES_JAVA_HOME": str(java_home()),
        "ES_PATH_CONF": str(folder / "config"), "ES_TMPDIR": str(folder / "tmp"),
    }  # fmt: skip
    command = ["bash", str(home / "bin" / "elasticsearch")]
    with (folder / "said").open("wb") as said:
        server = subprocess.Popen(command, env=environment, cwd=folder, stdout=said, stderr=said, **as_user(folder))
        try:
            yield found
        finally:
            server.terminate()
            server.wait(HANGS)


def _write(folder: Path, *, port: int) -> None:
    config = folder / "config"
    (config / "elasticsearch.yml").write_text(_CONFIG.format(folder=folder, port=port))
    (config / "jvm.options").write_text(_JVM.format(folder=folder))
    hashed = base64.b64encode(hashlib.sha1(PASSWORD.encode(), usedforsecurity=False).digest()).decode()
    (config / "users").write_text(f"{USER}:{{SHA}}{hashed}\n")
    (config / "users_roles").write_text(f"yinling:{USER}\n")
    (config / "roles.yml").write_text(_ROLE)
    keys = {name: ec.generate_private_key(ec.SECP256R1()) for name in ("authority", "stranger", "node")}
    for name in ("authority", "stranger"):
        _save(folder / f"{name}.crt", _certificate(name, keys[name], issuer=name, by=keys[name]))
    _save(config / "node.crt", _certificate("node", keys["node"], issuer="authority", by=keys["authority"]))
    (config / "node.key").write_bytes(
        keys["node"].private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )


def _certificate(name: str, key: Any, *, issuer: str, by: Any) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=name == issuer, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
    )
    return builder.sign(by, hashes.SHA256())


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _save(path: Path, certificate: x509.Certificate) -> None:
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
