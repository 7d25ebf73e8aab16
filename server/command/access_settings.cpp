#include "server/command/access_settings.hpp"

#include "server/access/token.hpp"

#include <string>
#include <string_view>

namespace relief::command {
namespace {

bool is_policy(std::string_view key) {
    return key.starts_with("privacy.") || key.ends_with(".sensitivity") || key == "cors" ||
           (key.starts_with("oidc.") && key != "oidc.client_secret");
}

bool waits_for_start(std::string_view key) {
    return key.starts_with("privacy.") || key == "reports.sensitivity";
}

}  // namespace

service::RateLimits::Rates rates_of(const workspace::Configuration& configuration) {
    const auto a_minute = [](std::size_t count) {
        const auto permits = static_cast<double>(count);
        return access::Rate{permits / 60, permits};
    };
    return {.read = {static_cast<double>(configuration.limit_requests_per_second),
                     static_cast<double>(configuration.limit_requests_at_once)},
            .write = a_minute(configuration.limit_writes_per_minute),
            .login = a_minute(configuration.limit_logins_per_minute),
            .report = a_minute(configuration.limit_anonymous_reports_per_minute)};
}

access::AuditEvent policy_event(const workspace::Configuration& configuration,
                                const workspace::Configuration& started) {
    std::string policy;
    for (const auto& [key, setting] : configuration.settings)
        if (is_policy(key))
            policy += key + '=' +
                      (waits_for_start(key) ? started.settings.at(key) : setting).value + '\n';
    for (const auto& [id, layer] : configuration.layers)
        if (layer.sensitivity) policy += id + '=' + std::string(to_text(*layer.sensitivity)) + '\n';
    constexpr std::size_t shown = 16;
    return {.actor = "operator",
            .role = "operator",
            .action = "policy-change",
            .object = access::fingerprint_of(policy).substr(0, shown)};
}

}  // namespace relief::command
