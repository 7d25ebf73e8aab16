#include "tiler/workspace/configuration.hpp"

#include "tiler/workspace/key_rules.hpp"
#include "tiler/workspace/settings_reader.hpp"
#include "tiler/workspace/value_checks.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace relief::workspace {
namespace {

using nlohmann::json;

/// Texts of checked settings as the types the programs want. A default that broke its own check
/// would read as zero; a test holds every default against its check.
class Checked {
public:
    explicit Checked(const std::map<std::string, Setting>& settings) : settings_(settings) {}

    const std::string& text(const std::string& key) const { return settings_.at(key).value; }
    std::size_t count(const std::string& key) const { return parse_count(text(key)).value_or(0); }
    std::size_t bytes(const std::string& key) const { return parse_bytes(text(key)).value_or(0); }
    std::chrono::milliseconds time(const std::string& key) const {
        return parse_duration(text(key)).value_or(std::chrono::milliseconds(0));
    }
    Sensitivity sensitivity(const std::string& key) const {
        return parse_sensitivity(text(key)).value_or(Sensitivity::severe);
    }
    json tree(const std::string& key) const { return json::parse(text(key), nullptr, false); }

private:
    const std::map<std::string, Setting>& settings_;
};

void fill_limits(const Checked& from, Configuration& configuration) {
    configuration.limit_header_bytes = from.bytes("limits.header_bytes");
    configuration.limit_header_time = from.time("limits.header_time");
    configuration.limit_idle_time = from.time("limits.idle_time");
    configuration.limit_body_bytes = from.bytes("limits.body");
    configuration.limit_expression = from.count("limits.expression");
    configuration.limit_expression_depth = static_cast<int>(from.count("limits.expression_depth"));
    configuration.limit_render_time = from.time("limits.render_time");
    configuration.limit_image_side = static_cast<int>(from.count("limits.image_side"));
    configuration.limit_analyst_image_side =
        static_cast<int>(from.count("limits.analyst_image_side"));
    configuration.limit_queue = from.count("limits.queue");
    configuration.limit_connections = from.count("limits.connections");
    configuration.limit_source_age = from.time("limits.source_age");
    configuration.limit_export_tiles = from.count("limits.export_tiles");
    configuration.limit_requests_per_second = from.count("limits.requests_per_second");
    configuration.limit_requests_at_once = from.count("limits.requests_at_once");
    configuration.limit_writes_per_minute = from.count("limits.writes_per_minute");
    configuration.limit_logins_per_minute = from.count("limits.logins_per_minute");
    configuration.limit_anonymous_reports_per_minute =
        from.count("limits.anonymous_reports_per_minute");
    configuration.limit_photo_bytes = from.bytes("limits.photo");
    configuration.limit_map_token_time = from.time("limits.map_token_time");
    configuration.limit_session_time = from.time("limits.session_time");
}

LayerSettings layer_settings(const json& words) {
    const auto text = [&](const char* word) -> std::optional<std::string> {
        const auto found = words.find(word);
        if (found == words.end() || !found->is_string()) return std::nullopt;
        return found->get<std::string>();
    };
    LayerSettings layer;
    layer.title = text("title");
    if (const auto level = text("sensitivity")) layer.sensitivity = parse_sensitivity(*level);
    layer.provenance.source = text("source").value_or("");
    layer.provenance.licence = text("licence").value_or("");
    layer.provenance.acquired = text("acquired").value_or("");
    layer.provenance.processed = text("processed").value_or("");
    layer.provenance.method = text("method").value_or("");
    layer.provenance.confidence = text("confidence").value_or("");
    layer.provenance.supersedes = text("supersedes").value_or("");
    layer.provenance.preliminary = text("preliminary") == "true";
    return layer;
}

/// ["camps"]; with an empty name among them for anything else.
std::vector<std::string> layers_in(const json& list) {
    std::vector<std::string> names;
    for (const json& name : list)
        names.push_back(name.is_string() ? name.get<std::string>() : std::string());
    if (!list.is_array() || names.empty()) names.emplace_back();
    return names;
}

OidcSettings oidc_settings(const Checked& from) {
    OidcSettings oidc;
    oidc.issuer = from.text("oidc.issuer");
    oidc.client_id = from.text("oidc.client_id");
    oidc.client_secret = from.text("oidc.client_secret");
    oidc.audience = from.text("oidc.audience");
    oidc.name_claim = from.text("oidc.name_claim");
    oidc.role_claim = from.text("oidc.role_claim");
    for (const json& host : from.tree("oidc.hosts")) oidc.hosts.push_back(host);
    if (oidc.audience.empty()) oidc.audience = oidc.client_id;
    const json roles = from.tree("oidc.roles");  // items() refers to it
    for (const auto& [value, role] : roles.items()) {
        const auto known =
            role.is_string() ? find_name<Role>(role_names, role.get<std::string>()) : std::nullopt;
        oidc.roles.emplace(value, known.value_or(Role::anonymous));
    }
    const json layers = from.tree("oidc.layers");
    for (const auto& [value, names] : layers.items()) oidc.layers.emplace(value, layers_in(names));
    for (const json& scope : from.tree("oidc.scopes")) oidc.scopes.push_back(scope);
    return oidc;
}

/// "secret", or {secret: "secret"}; empty for anything else.
std::string hook_secret(const json& words) {
    if (words.is_string()) return words.get<std::string>();
    const auto found = words.is_object() ? words.find("secret") : words.end();
    return found != words.end() && found->is_string() ? found->get<std::string>() : std::string();
}

Configuration configuration_of(const std::map<std::string, Setting>& settings) {
    const Checked from(settings);
    Configuration configuration;
    if (auto listen = parse_listen(from.text("listen"))) {
        configuration.listen_host = std::move(listen->host);
        configuration.listen_port = listen->port;
    }
    configuration.workers = static_cast<unsigned>(from.count("workers"));
    configuration.memory = from.bytes("memory");
    configuration.cache_size = from.bytes("cache_size");
    configuration.cache = from.text("cache");
    configuration.log = from.text("log");
    configuration.public_url = from.text("public_url");
    while (configuration.public_url.ends_with('/')) configuration.public_url.pop_back();
    for (const json& entry : from.tree("proxies")) configuration.proxies.push_back(entry);
    configuration.cors.clear();
    for (const json& entry : from.tree("cors")) configuration.cors.push_back(entry);
    for (const json& entry : from.tree("sources")) configuration.sources.push_back(entry);
    configuration.tls_cert = from.text("tls.cert");
    configuration.tls_key = from.text("tls.key");
    configuration.layers_sensitivity = from.sensitivity("layers.sensitivity");
    configuration.reports_sensitivity = from.sensitivity("reports.sensitivity");
    const json layers = from.tree("layers");  // items() refers to it
    for (const auto& [id, words] : layers.items()) {
        configuration.layers.emplace(id, layer_settings(words));
    }
    configuration.oidc = oidc_settings(from);
    const json hooks = from.tree("hooks");
    for (const auto& [name, words] : hooks.items())
        configuration.hooks.emplace(name, hook_secret(words));
    fill_limits(from, configuration);
    configuration.settings = settings;
    return configuration;
}

Result<void> check_pairs(const Configuration& configuration) {
    const bool has_certificate = !configuration.tls_cert.empty();
    if (has_certificate == !configuration.tls_key.empty()) return {};
    const std::string given = has_certificate ? "tls.cert" : "tls.key";
    const std::string missing = has_certificate ? "tls.key" : "tls.cert";
    return bad_request(configuration.settings.at(given).place + ": " + given +
                       " is stated without " + missing + "; TLS needs both");
}

Result<void> check_oidc_layers(const OidcSettings& oidc, const std::string& place) {
    for (const auto& [value, names] : oidc.layers) {
        const std::string what = place + ": oidc.layers of \"" + value.substr(0, 80) + "\" ";
        if (!oidc.roles.contains(value))
            return bad_request(what + "is for nobody: oidc.roles gives it no role");
        for (const std::string& name : names)
            if (const auto wrong = check_layer_id(name))
                return bad_request(what + "is no list of layers: \"" + name.substr(0, 80) + "\"; " +
                                   *wrong);
    }
    return {};
}

Result<void> check_oidc(const Configuration& configuration) {
    const OidcSettings& oidc = configuration.oidc;
    const auto place = [&](const char* key) { return configuration.settings.at(key).place; };
    for (const auto& [value, role] : oidc.roles)
        if (role == Role::anonymous)
            return bad_request(place("oidc.roles") + ": oidc.roles gives \"" + value.substr(0, 80) +
                               "\" no role; allowed: viewer, analyst, moderator, admin");
    if (!oidc.issuer.empty() && oidc.audience.empty())
        return bad_request(place("oidc.issuer") +
                           ": oidc.issuer is stated without oidc.client_id or oidc.audience; a "
                           "token for anybody opens nothing");
    return check_oidc_layers(oidc, place("oidc.layers"));
}

/// An empty secret would let everybody in.
Result<void> check_hooks(const Configuration& configuration) {
    for (const auto& [name, secret] : configuration.hooks) {
        if (!secret.empty()) continue;
        std::string told = configuration.settings.at("hooks").place;
        told.append(": hooks.").append(name).append(" has no secret; write for instance ");
        told.append(name).append(": {secret: \"${KOBO_SECRET}\"}");
        return bad_request(std::move(told));
    }
    return {};
}

}  // namespace

const std::vector<KeyDescription>& known_keys() {
    static const std::vector<KeyDescription> keys = [] {
        std::vector<KeyDescription> all;
        std::transform(key_rules().begin(),
                       key_rules().end(),
                       std::back_inserter(all),
                       [](const KeyRule& rule) {
                           return KeyDescription{std::string(rule.name),
                                                 std::string(rule.default_value),
                                                 std::string(rule.meaning),
                                                 rule.read == KeyRule::Read::now};
                       });
        return all;
    }();
    return keys;
}

Result<Configuration> read_configuration(const ConfigurationInput& input) {
    SettingsReader reader(input.environment);
    if (auto read = reader.read_file(input); !read) return read.error();
    if (auto read = reader.read_environment(); !read) return read.error();
    if (auto read = reader.read_options(input.options); !read) return read.error();
    Configuration configuration = configuration_of(reader.settings());
    configuration.warnings = reader.warnings();
    if (auto paired = check_pairs(configuration); !paired) return paired.error();
    if (auto complete = check_oidc(configuration); !complete) return complete.error();
    if (auto secret = check_hooks(configuration); !secret) return secret.error();
    return configuration;
}

}  // namespace relief::workspace
