"""Writes a root folder as an OCI image layout in a tar file, which `docker load`, `podman load` and skopeo read.

Usage: release-image.py ROOT VERSION FILE. Format: OCI image specification 1.0, with the manifest.json that older engines look for.
"""

import gzip
import hashlib
import io
import json
import os
import platform
import sys
import tarfile
import time

OWNED = "var/lib/kopeck"
USER = 10001


def main(root: str, version: str, file: str) -> None:
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    layer = pack(root, epoch)
    blob = gzip.compress(layer, mtime=0)
    architecture = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))
    config = to_json(
        {
            "architecture": architecture,
            "os": "linux",
            "created": created,
            "config": {
                "User": f"{USER}:{USER}",
                "Entrypoint": ["/usr/lib/kopeck/kopeck"],
                "Cmd": ["serve"],
                "Env": [
                    "PATH=/usr/lib/kopeck",
                    "KOPECK_DATABASE=sqlite:/var/lib/kopeck/kopeck.db",
                    "KOPECK_KEYS=/var/lib/kopeck",
                ],
                "WorkingDir": "/var/lib/kopeck",
                "Volumes": {"/var/lib/kopeck": {}},
                "ExposedPorts": {"5080/tcp": {}, "5081/tcp": {}},
                "StopSignal": "SIGTERM",
                "Healthcheck": {
                    "Test": ["CMD", "/usr/lib/kopeck/kopeck", "health"],
                    "Interval": 10_000_000_000,
                    "Timeout": 6_000_000_000,
                    "StartPeriod": 20_000_000_000,
                },
                "Labels": {
                    "org.opencontainers.image.title": "Kopeck",
                    "org.opencontainers.image.description": "A multi-currency wallet ledger that can prove every balance",
                    "org.opencontainers.image.version": version,
                    "org.opencontainers.image.licenses": "MIT",
                },
            },
            "rootfs": {"type": "layers", "diff_ids": [digest(layer)]},
            "history": [{"created": created, "created_by": "tools/release-image"}],
        }
    )
    media = "application/vnd.oci.image."
    manifest = to_json(
        {
            "schemaVersion": 2,
            "mediaType": media + "manifest.v1+json",
            "config": descriptor(media + "config.v1+json", config),
            "layers": [descriptor(media + "layer.v1.tar+gzip", blob)],
        }
    )
    tags = [version, "latest"]
    named = [
        {
            **descriptor(media + "manifest.v1+json", manifest),
            "annotations": {"org.opencontainers.image.ref.name": tag, "io.containerd.image.name": f"kopeck:{tag}"},
        }
        for tag in tags
    ]
    index = to_json({"schemaVersion": 2, "manifests": named})
    old = to_json([{"Config": path(config), "RepoTags": [f"kopeck:{tag}" for tag in tags], "Layers": [path(blob)]}])
    with tarfile.open(file, "w", format=tarfile.GNU_FORMAT) as tar:
        add(tar, "oci-layout", b'{"imageLayoutVersion":"1.0.0"}', epoch)
        add(tar, "index.json", index, epoch)
        add(tar, "manifest.json", old, epoch)
        for content in (config, manifest, blob):
            add(tar, path(content), content, epoch)


def pack(root: str, epoch: int) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for folder, folders, files in os.walk(root):
            folders.sort()
            links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
            for name in ([""] if folder != root else []) + sorted(files + links):
                full = os.path.join(folder, name) if name else folder
                relative = os.path.relpath(full, root)
                info = tar.gettarinfo(full, relative)
                info.mtime, info.uname, info.gname = epoch, "", ""
                info.uid = info.gid = USER if relative == OWNED else 0
                if relative == OWNED:
                    info.mode = 0o700
                if info.isreg():
                    with open(full, "rb") as content:
                        tar.addfile(info, content)
                else:
                    tar.addfile(info)
    return buffer.getvalue()


def add(tar: tarfile.TarFile, name: str, content: bytes, epoch: int) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = len(content), epoch, 0o644
    tar.addfile(info, io.BytesIO(content))


def to_json(value) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def path(content: bytes) -> str:
    return "blobs/sha256/" + hashlib.sha256(content).hexdigest()


def descriptor(media_type: str, content: bytes) -> dict:
    return {"mediaType": media_type, "digest": digest(content), "size": len(content)}


if __name__ == "__main__":
    main(*sys.argv[1:])
