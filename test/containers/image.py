"""Images for the tests (OCI image layout), made by hand, so that no network is needed."""

import hashlib
import io
import json
import tarfile


class Image:
    """A file with one image, whose only layer has one file, which is the entry point."""

    def __init__(self, name, program, content, annotations=None):
        layer = self._tar({program: (content, 0o644)})
        config = {
            "architecture": "amd64",
            "os": "linux",
            "config": {"Entrypoint": [f"/{program}"], "Env": ["PATH=/bin", "OF_IMAGE=1"]},
            "rootfs": {"type": "layers", "diff_ids": [self._digest(layer)]},
        }
        self.blobs = {}
        media = "application/vnd.oci.image"
        manifest = {
            "schemaVersion": 2,
            "mediaType": f"{media}.manifest.v1+json",
            "config": self._add(f"{media}.config.v1+json", json.dumps(config).encode()),
            "layers": [self._add(f"{media}.layer.v1.tar", layer)],
            "annotations": annotations or {},
        }
        entry = self._add(manifest["mediaType"], json.dumps(manifest).encode())
        entry["annotations"] = {
            "io.containerd.image.name": name,
            "org.opencontainers.image.ref.name": name,
        }
        index = {"schemaVersion": 2, "manifests": [entry]}
        files = {
            "oci-layout": (b'{"imageLayoutVersion": "1.0.0"}', 0o644),
            "index.json": (json.dumps(index).encode(), 0o644),
        }
        for digest, blob in self.blobs.items():
            files["blobs/" + digest.replace(":", "/")] = (blob, 0o644)
        self.content = self._tar(files)

    @staticmethod
    def _digest(blob):
        return "sha256:" + hashlib.sha256(blob).hexdigest()

    @staticmethod
    def _tar(files):
        result = io.BytesIO()
        with tarfile.open(fileobj=result, mode="w") as tar:
            for name, (content, mode) in files.items():
                entry = tarfile.TarInfo(name)
                entry.size, entry.mode = len(content), mode
                tar.addfile(entry, io.BytesIO(content))
        return result.getvalue()

    def _add(self, media, blob):
        digest = self._digest(blob)
        self.blobs[digest] = blob
        return {"mediaType": media, "digest": digest, "size": len(blob)}
