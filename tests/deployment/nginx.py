"""The nginx of this machine with the configuration that is shipped, on free ports."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple


SHIPPED = Path(__file__).parents[2] / "docs" / "deployment" / "yihao.nginx.conf"

AROUND = """
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
"""What stands around a site in every nginx, here without anything outside a folder."""


class Process(NamedTuple):
    """The ports of one process of the house."""

    port: int
    link_port: int


def program() -> str | None:
    """Return nginx, where it is installed."""
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


def check(folder: Path, site: str) -> str:
    """Let nginx read a configuration; return what it says."""
    return _run(_write(folder, site), "-t")


@contextmanager
def running(folder: Path, processes: Sequence[Process]) -> Iterator[str]:
    """Run the shipped configuration before some processes, and yield its address.

    Certificates are the operator's; here there is none, and no encryption.
    """
    port = free_port()
    config = _write(folder, without_encryption(before(processes), port))
    # It returns when it listens.
    _run(config)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        _run(config, "-s", "stop")


def before(processes: Sequence[Process]) -> str:
    """Return the shipped configuration for other processes than the two in it."""
    site = SHIPPED.read_text(encoding="utf-8")
    for known, ports in (
        ("860", [one.port for one in processes]),
        ("861", [one.link_port for one in processes]),
    ):
        line = re.search(rf"( *server 127\.0\.0\.1:){known}1( .*\n)", site)
        assert line is not None
        site = re.sub(rf" *server 127\.0\.0\.1:{known}2 .*\n", "", site)
        lines = "".join(f"{line[1]}{port}{line[2]}" for port in ports)
        site = site.replace(line[0], lines)
    return site


def without_encryption(site: str, port: int) -> str:
    """Return a configuration that listens at one port of this machine, in the clear."""
    first, second = re.findall(r"^server \{\n.*?^\}\n", site, re.M | re.S)
    plain = re.sub(r" *(listen|ssl_\w+) .*\n", "", second)
    plain = plain.replace("server {", f"server {{\n    listen 127.0.0.1:{port};", 1)
    return site.replace(first, "").replace(second, plain)


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write(folder: Path, site: str) -> Path:
    (folder / "site.conf").write_text(site, encoding="utf-8")
    config = folder / "nginx.conf"
    config.write_text(AROUND.format(folder=folder), encoding="utf-8")
    return config


def _run(config: Path, *arguments: str) -> str:
    nginx = program()
    assert nginx is not None
    command = [nginx, "-p", str(config.parent), "-c", str(config), *arguments]
    # Its workers would keep a pipe open for ever.
    with (config.parent / "output").open("w+", encoding="utf-8") as output:
        done = subprocess.run(command, stdout=output, stderr=output, check=False)
        output.seek(0)
        said = output.read()
    assert done.returncode == 0, said
    return said
