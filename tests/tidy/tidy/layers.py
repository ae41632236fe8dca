"""A file's layer and what that may include, as cmake/PaidanTargets.cmake has it for links."""

import functools
import pathlib
import re

# Folder pattern -> layer; the first match counts. For services, CMakeLists.txt knows better.
_LAYERS = (
    (r"libs/base/", "base"),
    (r"libs/domain/", "domain"),
    (r"libs/stream/", "stream"),
    (r"libs/citypack/", "citypack"),
    (r"libs/contract/", "contract"),
    (r"libs/adapters/", "adapter"),
    (r"libs/runtime/", "runtime"),
    (r"libs/testkit/", "testkit"),
    (r"libs/(?:view_reader|edge|stage)/", "app"),
    (r"services/[^/]+/logic\b", "logic"),
    (r"services/[^/]+/codec\b", "codec"),
    (r"services/", "app"),
    (r"tests/", "test"),
)
_TARGET = re.compile(r"paidan_target\(\s*\w+\s+LAYER\s+(\w+)(.*?)\)", re.S)
_SOURCE = re.compile(r"\bSRCS\b(.*?)(?:\b[A-Z]{4,}\b|$)", re.S)

PURE = ("base", "domain", "stream", "logic")
ADAPTERS = ("kafka", "redis", "rpc", "metrics", "system", "crypto")

# Layer -> the folders of `paidan/...` that it may include. Its own folder is always allowed.
_OWN = {
    "base": (),
    "domain": ("base",),
    "stream": ("base",),
    "citypack": ("base", "domain"),
    "contract": ("base", "domain", "stream", "proto"),
    "logic": ("base", "domain", "stream"),
    "codec": ("base", "domain", "stream", "contract", "proto"),
    "adapter": ("base", "stream"),
    "runtime": ("base", "stream"),
}
# Layers without a line above may include anything of ours: app, testkit, test.

# Third-party headers, by the layers that may include them; a layer without a line may include any.
_THIRD_PARTY = {
    "base": (),
    "domain": (),
    "stream": (),
    "logic": (),
    "citypack": ("yaml-cpp/", "date/"),
    "contract": ("google/protobuf/",),
    "codec": ("google/protobuf/",),
}

# One library per adapter.
_ADAPTER_LIBRARIES = {
    "kafka": ("librdkafka/",),
    "redis": ("hiredis/",),
    "rpc": ("grpc", "google/", "grpcpp/", "yaml-cpp/"),
    "metrics": ("prometheus/",),
    "system": (),
    "crypto": ("sodium.h",),
}

# Of the standard library, what reaches outside or depends on threads: never in a pure layer.
WORLD_HEADERS = {"thread", "mutex", "shared_mutex", "condition_variable", "future", "random",
                 "fstream", "iostream", "filesystem", "cstdio", "ctime", "regex", "stop_token",
                 "semaphore", "latch", "barrier"}

# What is recognised as third-party.
_LIBRARIES = ("yaml-cpp/", "google/protobuf/", "librdkafka/", "hiredis/", "grpc", "prometheus/",
              "sodium", "fmt/", "spdlog/", "CLI/", "nlohmann/", "httplib", "gtest/", "gmock/",
              "benchmark/", "date/", "unicode/", "re2/", "lzma", "boost/", "openssl/")

_C_OR_SYSTEM = re.compile(r"(sys|netinet|arpa|linux|bits)/.*|[a-z_0-9]+\.h")
_PROTO = re.compile(r"paidan/[a-z_]+/v\d+/")


def layer_of(path, root):
    """The layer's name, or None for a file outside all. A header is of its source's layer."""
    if path.startswith("services/"):
        stem = str(pathlib.PurePosixPath(path).with_suffix(""))
        service = "/".join(path.split("/")[:2])
        declared = _declared(str(root), service).get(stem)
        if declared:
            return declared
    return next((layer for pattern, layer in _LAYERS if re.match(pattern, path)), None)


@functools.cache
def _declared(root, service):
    """{path without suffix: layer} of what a service's CMakeLists.txt files declare."""
    found = {}
    for lists in sorted(pathlib.Path(root, service).rglob("CMakeLists.txt")):
        folder = lists.parent.relative_to(root).as_posix()
        for layer, rest in _TARGET.findall(re.sub(r"#[^\n]*", "", lists.read_text())):
            for sources in _SOURCE.findall(rest):
                for source in sources.split():
                    found[f"{folder}/{source.rpartition('.')[0]}"] = layer
    return found


def refusal(path, header, root):
    """Why `path` may not include `header`, or None."""
    layer = layer_of(path, root)
    if layer is None:
        return None
    if header.startswith("paidan/"):
        return _refusal_of_ours(path, layer, header)
    if layer in PURE and (header in WORLD_HEADERS or _C_OR_SYSTEM.fullmatch(header)):
        return f"a pure layer ({layer}) does not reach outside: <{header}>"
    allowed = _third_party_of(path, layer)
    if allowed is not None and header.startswith(_LIBRARIES) and not header.startswith(allowed):
        return f"{layer} may not include <{header}>"
    return None


def _refusal_of_ours(path, layer, header):
    part = "proto" if _PROTO.match(header) else header.split("/")[1]
    own = path.split("/")[2 if layer == "adapter" else 1]
    if layer not in _OWN or part == own or part in _OWN[layer]:
        return None
    return f"{layer} may not include \"{header}\""


def _third_party_of(path, layer):
    if layer == "adapter":
        return _ADAPTER_LIBRARIES.get(path.split("/")[2], ())
    return _THIRD_PARTY.get(layer)
