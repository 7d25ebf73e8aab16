#pragma once
// The effective configuration, and where each value came from.

#include "tiler/core/audience.hpp"
#include "tiler/core/result.hpp"
#include "tiler/workspace/layer.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace relief::workspace {

/// One known key of relief.yaml: what it is, its default and its check.
struct KeyDescription {
    std::string
        name;  ///< "limits.body", the variable is RELIEF_LIMITS__BODY, the option --limits.body
    std::string default_value;  ///< as text
    std::string meaning;        ///< one line, with unit
    bool takes_effect =
        false;  ///< false: known from the first release, read by a later part of the product
};

/// Every key, sorted by name; "layers", "styles", "hooks", "privacy.levels", "oidc" hold mappings.
const std::vector<KeyDescription>& known_keys();

enum class Origin : std::uint8_t { built_in, file, environment, option };

struct Setting {
    std::string value;    ///< lists and mappings as JSON
    std::string written;  ///< as relief.yaml would say it: before ${…} is expanded
    Origin origin = Origin::built_in;
    std::string place;  ///< "relief.yaml:3", "RELIEF_LISTEN", "--listen"
};

/// What relief.yaml states of one layer, added or served; what it leaves open stays as it is.
struct LayerSettings {
    std::optional<std::string> title;
    std::optional<Sensitivity> sensitivity;
    Provenance provenance;
};

/// The OpenID Connect provider by which people sign in.
struct OidcSettings {
    std::string issuer;              ///< empty: there is none
    std::vector<std::string> hosts;  ///< HOST[:PORT] that it may have endpoints on beside its own
    std::string client_id;
    std::string client_secret;  ///< empty: a public client
    std::string audience;       ///< of access tokens
    std::string name_claim;
    std::string role_claim;
    std::map<std::string, Role> roles;                       ///< of each value of the role claim
    std::map<std::string, std::vector<std::string>> layers;  ///< granted to it
    std::vector<std::string> scopes;

    bool operator==(const OidcSettings&) const = default;
};

/// What a program of the house reads; parsed, checked, frozen.
struct Configuration {
    std::string listen_host = "127.0.0.1";
    std::uint16_t listen_port = 8080;
    unsigned workers = 0;                        ///< render threads; 0: one for each core
    std::size_t memory = std::size_t{1} << 30U;  ///< bytes for all caches together
    std::size_t cache_size = std::size_t{512}
                             << 20U;   ///< bytes of the tile cache on disk; 0: no tile cache at all
    std::string cache = "cache";       ///< folder, relative to the workspace
    std::string log = "text";          ///< "text" or "json"
    std::string public_url;            ///< empty: from the Host header
    std::vector<std::string> proxies;  ///< addresses or CIDR blocks whose Forwarded is believed
    std::vector<std::string> cors{"*"};  ///< origins whose pages may read answers
    std::vector<std::string> sources;    ///< folders and addresses that layers may refer to
    std::string tls_cert;                ///< PEM file; both or none
    std::string tls_key;
    Sensitivity layers_sensitivity = Sensitivity::low;
    Sensitivity reports_sensitivity = Sensitivity::high;    ///< of those that state none
    std::map<std::string, LayerSettings> layers;            ///< by id
    std::map<std::string, std::string, std::less<>> hooks;  ///< secrets of webhooks, by source

    OidcSettings oidc;

    std::size_t limit_header_bytes = 8192;               ///< request line and headers
    std::chrono::milliseconds limit_header_time{10000};  ///< in total
    std::chrono::milliseconds limit_idle_time{60000};
    std::size_t limit_body_bytes = 1U << 20U;
    std::size_t limit_expression = 1000;  ///< characters
    int limit_expression_depth = 32;
    std::chrono::milliseconds limit_render_time{20000};
    int limit_image_side = 4096;          ///< pixels, of static images
    int limit_analyst_image_side = 8192;  ///< the same for analysts
    std::size_t limit_queue = 256;        ///< requests waiting for a render thread
    std::size_t limit_connections = 4096;
    std::chrono::milliseconds limit_source_age{60000};  ///< until a remote source is asked again
    std::uint64_t limit_export_tiles = 1'000'000;       ///< tiles of one export, empty ones too
    std::size_t limit_requests_per_second = 300;        ///< of a token or address; 0: no limit
    std::size_t limit_requests_at_once = 3000;
    std::size_t limit_writes_per_minute = 1200;
    std::size_t limit_logins_per_minute = 10;
    std::size_t limit_anonymous_reports_per_minute = 20;  ///< 0: reports need a token
    std::size_t limit_photo_bytes = 20'000'000;           ///< of one photo of a report
    std::chrono::milliseconds limit_map_token_time{std::chrono::hours(24)};
    std::chrono::milliseconds limit_session_time{std::chrono::hours(12)};

    std::map<std::string, Setting>
        settings;                       ///< every known key with its origin, for `config print`
    std::vector<std::string> warnings;  ///< RELIEF_ variables that name no key
};

/// Reads defaults, then `file_text` (relief.yaml, ${ENV} expanded), then variables, then options.
/// Errors: bad_request naming key, line (1-based) or variable, and the allowed values.
struct ConfigurationInput {
    std::string file_text;
    std::string file_name = "relief.yaml";
    std::map<std::string, std::string> environment;  ///< all variables; those named RELIEF_… count
    std::map<std::string, std::string> options;      ///< key → value, from the command line
};
Result<Configuration> read_configuration(const ConfigurationInput& input);

/// YAML with a comment on each line that tells the origin; reading it again, with the same
/// variables, gives the same values. A secret is shown as the ${VARIABLE} it comes from, or not at
/// all.
std::string to_yaml(const Configuration& configuration);

/// {"settings": {key: {"value", "origin", "place"}}, "warnings": […]}; lists and mappings as such.
/// A secret is shown as to_yaml() does, or null.
std::string to_json(const Configuration& configuration);

/// The environment of this process.
std::map<std::string, std::string> process_environment();

/// "512MB" (10^6), "1GiB" (2^30), "4096" → bytes. "500ms", "2s", "1m", "1h", "7d" → milliseconds.
std::optional<std::size_t> parse_bytes(std::string_view text) noexcept;
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) noexcept;

}  // namespace relief::workspace
