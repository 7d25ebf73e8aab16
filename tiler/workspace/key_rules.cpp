#include "tiler/workspace/key_rules.hpp"

#include "tiler/workspace/source_roots.hpp"
#include "tiler/workspace/suggestion.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace relief::workspace {
namespace {

using Shape = KeyRule::Shape;
using Read = KeyRule::Read;
using Print = KeyRule::Print;

constexpr std::uint64_t kib = 1024;
constexpr std::uint64_t mib = kib * kib;
constexpr std::uint64_t gib = kib * mib;
constexpr std::uint64_t tib = kib * gib;
constexpr std::uint64_t second = 1000;
constexpr std::uint64_t minute = 60 * second;
constexpr std::uint64_t hour = 60 * minute;
constexpr std::uint64_t month = std::uint64_t{30} * 24 * hour;

// The defaults are the limits promised in the interface; Configuration repeats them as numbers, and
// a test holds the two together.
constexpr std::array rules{
    KeyRule{"cache", "cache", "folder of the tile cache, in the workspace", check_cache},
    KeyRule{"cache_size",
            "512MiB",
            "bytes of the tile cache on disk; 0: no tile cache at all",
            check_bytes<0, 64 * tib>},
    KeyRule{"cors",
            R"(["*"])",
            "origins whose pages may read answers: https://maps.example.org, or * for all",
            check_origin,
            Shape::list},
    KeyRule{"hooks",
            "{}",
            "signed webhooks that may come in: a secret by name",
            check_name,
            Shape::mapping,
            Read::now,
            Print::secret},
    KeyRule{"layers",
            "{}",
            "title, sensitivity and provenance of layers, by id",
            check_layer_id,
            Shape::mapping},
    KeyRule{"layers.sensitivity",
            "low",
            "level of a layer of the operator that states none",
            check_sensitivity},
    KeyRule{"limits.analyst_image_side",
            "8192",
            "longest side of a picture for analysts, pixels",
            check_count<256, 65'536>},
    KeyRule{"limits.anonymous_reports_per_minute",
            "20",
            "reports a minute and address without a token; 0: reports need a token",
            check_count<0, 1'000'000'000>},
    KeyRule{"limits.body", "1MiB", "bytes of a request body", check_bytes<1, gib>},
    KeyRule{"limits.connections", "4096", "open connections at once", check_count<1, 1'000'000>},
    KeyRule{"limits.export_tiles",
            "1000000",
            "tiles of one export, empty ones too",
            check_count<1, 1'000'000'000'000>},
    KeyRule{"limits.expression", "1000", "characters of a band expression", check_count<1, 1000>},
    KeyRule{"limits.expression_depth", "32", "nesting of a band expression", check_count<1, 32>},
    KeyRule{"limits.header_bytes",
            "8KiB",
            "bytes of the request line and headers",
            check_bytes<512, mib>},
    KeyRule{"limits.header_time",
            "10s",
            "time for the whole request head",
            check_duration<100, 10 * minute>},
    KeyRule{"limits.idle_time",
            "60s",
            "time a connection may stay without a request",
            check_duration<100, hour>},
    KeyRule{
        "limits.image_side", "4096", "longest side of a picture, pixels", check_count<256, 65'536>},
    KeyRule{"limits.layers_per_request",
            "50",
            "layers in one WMS or OGC request",
            check_count<1, 1000>},
    KeyRule{"limits.logins_per_minute",
            "10",
            "attempts to sign in, a minute and address; 0: no limit",
            check_count<0, 1'000'000>},
    KeyRule{"limits.map_token_time",
            "24h",
            "longest life of a token for maps (/auth/tile-token)",
            check_duration<second, month>},
    KeyRule{"limits.photo",
            "20MB",
            "bytes of one photo of a report; with limits.body, of all that a report is sent with",
            check_bytes<0, gib>},
    KeyRule{
        "limits.queue", "256", "requests that wait for a render thread", check_count<1, 1'000'000>},
    KeyRule{"limits.render_time", "20s", "time for one picture", check_duration<100, 10 * minute>},
    KeyRule{"limits.requests_at_once",
            "3000",
            "tiles and other reads that a token or address may ask for in one burst",
            check_count<1, 1'000'000'000>},
    KeyRule{"limits.requests_per_second",
            "300",
            "tiles and other reads a second, for a token or address, all the time; 0: no limit",
            check_count<0, 1'000'000'000>},
    KeyRule{"limits.session_time",
            "12h",
            "time after which a user has to sign in again",
            check_duration<second, month>},
    KeyRule{"limits.source_age",
            "60s",
            "time after which a remote source is asked whether it has changed",
            check_duration<100, 24 * hour>},
    KeyRule{"limits.upload",
            "2GB",
            "bytes of one uploaded dataset",
            check_bytes<0, 16 * tib>,
            Shape::value,
            Read::later},
    KeyRule{"limits.writes_per_minute",
            "1200",
            "changes a minute, for a token or address; 0: no limit",
            check_count<0, 1'000'000'000>},
    KeyRule{"listen", "127.0.0.1:8080", "address and port of the server", check_listen},
    KeyRule{"log", "text", "form of the log: text or json", check_log},
    KeyRule{"memory", "1GiB", "bytes for all caches together", check_bytes<16 * mib, 64 * tib>},
    KeyRule{"objects",
            "",
            "object storage for layers and exports",
            check_objects,
            Shape::value,
            Read::later},
    KeyRule{"oidc.audience", "", "audience that a token must name; empty: oidc.client_id"},
    KeyRule{"oidc.client_id", "", "this server's id at the provider"},
    KeyRule{"oidc.client_secret",
            "",
            "this server's secret at the provider; best as ${VARIABLE}; empty: a public client",
            check_any,
            Shape::value,
            Read::now,
            Print::secret},
    KeyRule{"oidc.hosts",
            "[]",
            "HOST[:PORT] of the provider's endpoints that do not lie where oidc.issuer does",
            check_authority,
            Shape::list},
    KeyRule{"oidc.issuer", "", "address of the OpenID Connect provider; empty: none", check_issuer},
    KeyRule{
        "oidc.layers",
        "{}",
        "layers granted to each value of the role claim; not named: what the role sees by itself",
        check_any,
        Shape::mapping},
    KeyRule{"oidc.name_claim",
            "preferred_username",
            "claim that names the person; a dot leads into an object",
            check_name},
    KeyRule{"oidc.role_claim",
            "groups",
            "claim that names the roles; a dot leads into an object",
            check_name},
    KeyRule{"oidc.roles",
            "{}",
            "role of each value of the role claim: viewer, analyst, moderator or admin",
            check_any,
            Shape::mapping},
    KeyRule{"oidc.scopes",
            R"(["openid","profile"])",
            "scopes to ask for; openid is always asked for",
            check_scope,
            Shape::list},
    KeyRule{"privacy.levels",
            "{}",
            "what each level shows to whom; levels not named keep their defaults",
            check_sensitivity,
            Shape::mapping},
    KeyRule{"proxies",
            "[]",
            "addresses or CIDR blocks whose Forwarded headers are believed",
            check_network,
            Shape::list},
    KeyRule{"public_url",
            "",
            "address under which clients reach the server; empty: from the Host header",
            check_public_url},
    KeyRule{"reports.moderation",
            "before",
            "reports are shown only after review (before) or at once (after)",
            check_moderation},
    KeyRule{"reports.sensitivity", "high", "level of a report that states none", check_sensitivity},
    KeyRule{"sources",
            "[]",
            "folders and address prefixes that layers and STAC items may refer to",
            check_source_root,
            Shape::list},
    KeyRule{"store", "sqlite", "where catalogue, users and reports are kept", check_store},
    KeyRule{"styles", "{}", "style documents, by id", check_layer_id, Shape::mapping, Read::later},
    KeyRule{"tls.cert", "", "PEM file with the certificate chain; with tls.key"},
    KeyRule{"tls.key", "", "PEM file with the private key; with tls.cert"},
    KeyRule{"uploads.sensitivity",
            "high",
            "level of an upload that states none",
            check_sensitivity,
            Shape::value,
            Read::later},
    KeyRule{"workers", "0", "render threads; 0: one for each core", check_count<0, 1024>},
};

static_assert(std::is_sorted(rules.begin(), rules.end(), [](const auto& a, const auto& b) {
    return a.name < b.name;
}));

constexpr std::array<std::string_view, 11> words_of_a_layer{"acquired",
                                                            "confidence",
                                                            "licence",
                                                            "method",
                                                            "preliminary",
                                                            "processed",
                                                            "sensitivity",
                                                            "source",
                                                            "style",
                                                            "supersedes",
                                                            "title"};

}  // namespace

std::span<const KeyRule> key_rules() noexcept {
    return rules;
}

const KeyRule* find_rule(std::string_view name) noexcept {
    const auto found = std::lower_bound(
        rules.begin(), rules.end(), name, [](const KeyRule& rule, std::string_view wanted) {
            return rule.name < wanted;
        });
    return found != rules.end() && found->name == name ? &*found : nullptr;
}

bool is_section(std::string_view name) noexcept {
    return std::any_of(rules.begin(), rules.end(), [&](const KeyRule& rule) {
        return rule.name.size() > name.size() && rule.name.starts_with(name) &&
               rule.name[name.size()] == '.';
    });
}

std::string variable_of(std::string_view key) {
    std::string name = "RELIEF_";
    for (const char c : key) {
        if (c == '.') {
            name += "__";
        } else {
            name += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    return name;
}

std::span<const std::string_view> layer_words() noexcept {
    return words_of_a_layer;
}

std::string suggest_key(std::string_view unknown) {
    std::vector<std::string_view> names;
    std::transform(rules.begin(), rules.end(), std::back_inserter(names), [](const KeyRule& rule) {
        return rule.name;
    });
    return suggest(unknown, names);
}

}  // namespace relief::workspace
