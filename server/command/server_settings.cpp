#include "server/command/server_settings.hpp"

#include <algorithm>
#include <memory>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace relief::command {

Shares shares_of(const workspace::Configuration& configuration) {
    const bool tiles = configuration.cache_size > 0;
    return {configuration.memory / 2, tiles ? configuration.memory / 4 : 0};
}

http::ServerOptions options_of(const workspace::Configuration& configuration) {
    http::ServerOptions options;
    options.host = configuration.listen_host;
    options.port = configuration.listen_port;
    options.io_threads = std::clamp(std::thread::hardware_concurrency(), 1U, 4U);
    options.tls_cert = configuration.tls_cert;
    options.tls_key = configuration.tls_key;
    options.public_url = configuration.public_url;
    options.proxies = configuration.proxies;
    options.origins = configuration.cors;
    options.header_bytes = configuration.limit_header_bytes;
    options.header_time = configuration.limit_header_time;
    options.idle_time = configuration.limit_idle_time;
    options.render_time = configuration.limit_render_time;
    options.body_bytes = configuration.limit_body_bytes;
    options.connections = configuration.limit_connections;
    return options;
}

unsigned threads_of(const workspace::Configuration& configuration) {
    return configuration.workers > 0 ? configuration.workers
                                     : std::max(1U, std::thread::hardware_concurrency());
}

service::TileCaches caches_of(const ServeOrder& order) {
    service::TileCaches caches;
    if (order.configuration.cache_size == 0) return caches;
    caches.memory = std::make_unique<cache::MemoryCache>(shares_of(order.configuration).tiles);
    // Only a workspace has a place on disk of its own; a served folder is never written to.
    std::error_code ignored;
    if (std::filesystem::exists(order.workspace / "relief.db", ignored)) {
        caches.disk = std::make_unique<cache::DiskCache>(
            order.workspace / order.configuration.cache, order.configuration.cache_size);
    }
    return caches;
}

service::EventHub::Settings event_settings(const workspace::Configuration& configuration) {
    service::EventHub::Settings settings;
    settings.streams = std::min(settings.streams, configuration.limit_connections / 2);
    return settings;
}

bool takes_reports(const std::filesystem::path& workspace) {
    std::error_code ignored;
    return !std::filesystem::exists(workspace, ignored) || ::access(workspace.c_str(), W_OK) == 0;
}

Result<report::PrivacyLevels> levels_of(const workspace::Configuration& configuration) {
    return report::read_privacy_levels(configuration.settings.at("privacy.levels").value);
}

std::vector<std::filesystem::path> style_folders(const ServeOrder& order) {
    std::vector<std::filesystem::path> folders{order.workspace / "styles"};
    for (const auto& path : order.served) folders.push_back(path / "styles");
    return folders;
}

std::vector<std::filesystem::path> icon_folders(const ServeOrder& order) {
    auto folders = style_folders(order);
    for (auto& folder : folders) folder /= "icons";
    return folders;
}

std::optional<text::Fonts> open_fonts(ops::Log& log) {
    auto fonts = text::Fonts::open();
    if (fonts) return std::move(*fonts);
    log.write(ops::Level::warning, "fonts", {{"reason", fonts.error().what}});
    return std::nullopt;
}

std::string address_of(const workspace::Configuration& configuration, std::uint16_t port) {
    const std::string scheme = configuration.tls_cert.empty() ? "http" : "https";
    const bool bare_v6 = configuration.listen_host.find(':') != std::string::npos;
    return scheme + "://" +
           (bare_v6 ? "[" + configuration.listen_host + "]" : configuration.listen_host) + ":" +
           std::to_string(port) + "/";
}

}  // namespace relief::command
