"""Writes what a program is made of as a CycloneDX 1.5 document, from the list that its restore wrote.

Usage: release-sbom.py VERSION project.assets.json
"""

import base64
import json
import sys


def main(version: str, assets: str) -> None:
    with open(assets, encoding="utf-8") as file:
        libraries = json.load(file)["libraries"]
    components = []
    for key in sorted(libraries, key=str.lower):
        name, number = key.split("/", 1)
        if libraries[key].get("type") != "package":
            continue
        component = {"type": "library", "bom-ref": f"pkg:nuget/{name}@{number}", "name": name, "version": number, "purl": f"pkg:nuget/{name}@{number}"}
        if "sha512" in libraries[key]:
            component["hashes"] = [{"alg": "SHA-512", "content": base64.b64decode(libraries[key]["sha512"]).hex()}]
        components.append(component)
    json.dump(
        {
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "version": 1,
            "metadata": {"component": {"type": "application", "name": "kopeck", "version": version}},
            "components": components,
        },
        sys.stdout,
        indent=1,
    )
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
