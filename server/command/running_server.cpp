#include "server/command/running_server.hpp"

#include "server/access/gate.hpp"
#include "server/access/hook_gate.hpp"
#include "server/command/access_settings.hpp"
#include "server/command/verbs.hpp"
#include "server/http/server.hpp"
#include "server/intake/feature_numbers.hpp"
#include "server/intake/photo_desk.hpp"
#include "server/intake/publisher.hpp"
#include "server/ops/log.hpp"
#include "server/ops/metrics.hpp"
#include "server/ops/request_line.hpp"
#include "server/ops/signals.hpp"
#include "server/ops/work_pool.hpp"
#include "server/route/audited_answer.hpp"
#include "server/route/house.hpp"
#include "server/service/catalogue_news.hpp"
#include "server/service/report_layers.hpp"
#include "server/service/report_news.hpp"
#include "server/version.hpp"
#include "tiler/ingest/child.hpp"
#include "tiler/report/privacy_levels.hpp"
#include "tiler/source/gdal_runtime.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <thread>
#include <unistd.h>
#include <utility>

namespace relief::command {
namespace {

using workspace::Configuration;

/// The promised memory, shared out: decoded blocks are the dearest to make again.
struct Shares {
    std::size_t blocks, tiles;
};

Shares shares_of(const Configuration& configuration) {
    const bool tiles = configuration.cache_size > 0;
    return {configuration.memory / 2, tiles ? configuration.memory / 4 : 0};
}

std::chrono::milliseconds grace() {
    return std::chrono::milliseconds(3500);
}

http::ServerOptions options_of(const Configuration& configuration) {
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

unsigned threads_of(const Configuration& configuration) {
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

/// Streams stay open: half of all places are left to those who ask.
service::EventHub::Settings event_settings(const Configuration& configuration) {
    service::EventHub::Settings settings;
    settings.streams = std::min(settings.streams, configuration.limit_connections / 2);
    return settings;
}

/// Reports are kept in a folder that can be written, or made.
bool takes_reports(const std::filesystem::path& workspace) {
    std::error_code ignored;
    return !std::filesystem::exists(workspace, ignored) || ::access(workspace.c_str(), W_OK) == 0;
}

Result<report::PrivacyLevels> levels_of(const Configuration& configuration) {
    return report::read_privacy_levels(configuration.settings.at("privacy.levels").value);
}

/// The workspace's styles come before those of folders served in place.
std::vector<std::filesystem::path> style_folders(const ServeOrder& order) {
    std::vector<std::filesystem::path> folders{order.workspace / "styles"};
    for (const auto& path : order.served) folders.push_back(path / "styles");
    return folders;
}

/// Of pictures that styles name.
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

/// Members in the order in which they are needed; destroyed the other way round.
class RunningServer {
public:
    RunningServer(const ServeOrder& order, std::unique_ptr<http::Server> server, ops::Log& log)
        : log_(log),
          server_(std::move(server)),
          gate_(order.workspace),
          audit_(order.workspace, log),
          limits_(rates_of(order.configuration)),
          sign_in_(order.workspace,
                   order.configuration.limit_session_time,
                   audit_,
                   [this] { gate_.look_now(); }),
          oidc_({order.workspace,
                 order.configuration.limit_session_time,
                 audit_,
                 log,
                 [this] { gate_.look_now(); }},
                order.configuration.oidc),
          alerts_(order.workspace),
          hooks_(order.configuration.hooks),
          reader_({.block_bytes = shares_of(order.configuration).blocks, .open_files = 256}),
          fonts_(open_fonts(log)),
          remotes_(service::eyes_of(ingest::own_program()), order.configuration.limit_source_age),
          tables_(order.configuration.limit_source_age),
          pool_(threads_of(order.configuration),
                order.configuration.limit_queue,
                [&log](std::string_view what) {
                    log.write(ops::Level::error, "work", {{"exception", std::string(what)}});
                }),
          tiles_(
              {reader_, empty_images_, fonts_ ? &*fonts_ : nullptr}, caches_of(order), pool_, log),
          events_(event_settings(order.configuration)),
          shelf_(style_folders(order), order.configuration.layers_sensitivity, log),
          shown_(std::make_shared<shown::ShownIndex>(order.workspace)),
          feature_numbers_(order.workspace),
          publisher_(
              publishing(order),
              shown_,
              [this](const intake::ViewChange& change) { show_reports(change); },
              log),
          keeper_({.workspace = order.workspace,
                   .served = order.served,
                   .program = ingest::own_program(),
                   .remotes = &remotes_,
                   .tables = &tables_,
                   .styles = &shelf_,
                   .live = takes_reports(order.workspace) ? report_layers_ : nullptr,
                   .changed =
                       [this](const auto& before, const auto& after) {
                           for (auto& one : service::news_of(before, after))
                               events_.tell(std::move(one));
                       }},
                  std::make_shared<const Configuration>(order.configuration),
                  log),
          styles_(shelf_, [this] { return keeper_.current(); }),
          style_writer_(order.workspace, shelf_, log),
          sprites_(icon_folders(order)),
          glyphs_(fonts_),
          reports_({.workspace = order.workspace,
                    .rule = {.level = order.configuration.reports_sensitivity}},
                   [this] { publisher_.tell(); }),
          photos_({.workspace = order.workspace,
                   .program = ingest::own_program(),
                   .photo_bytes = order.configuration.limit_photo_bytes},
                  reports_),
          drawing_(tiles_, drawing_room(order), fonts_ ? &*fonts_ : nullptr, log),
          house_{
              keeper_,
              tiles_,
              styles_,
              drawing_,
              sprites_,
              glyphs_,
              pool_,
              metrics_,
              fonts_,
              version,
              {order.configuration.limit_expression, order.configuration.limit_expression_depth},
              order.configuration.limit_image_side,
              order.configuration.limit_analyst_image_side,
              [this](std::string_view token) { return gate_.admit(token); },
              [this](std::string_view secret) { return gate_.admit_session(secret); },
              [this](const access::Gate::MapTokenWish& wish) { return gate_.make_map_token(wish); },
              order.configuration.limit_map_token_time,
              &style_writer_,
              &audit_,
              &limits_,
              &sign_in_,
              &oidc_,
              &events_,
              [this](const std::string& pass) { return gate_.standing_of(pass); },
              &reports_,
              &photos_,
              order.configuration.limit_photo_bytes + order.configuration.limit_body_bytes,
              order.configuration.limit_anonymous_reports_per_minute > 0} {
        house_.alerts = &alerts_;
        house_.hooks = &hooks_;
        gate_.read_foreign_by([this](std::string_view token) { return oidc_.read_token(token); });
        audit_.tell_change(policy_event(order.configuration));
        house_.shown_reports = shown_.get();
        house_.settle_reports = [this] { publisher_.settle(std::chrono::milliseconds(300)); };
        tiles_.when_remote_fails(
            [this](const std::string& address) { remotes_.look_soon(address); });
        tiles_.when_table_fails([this](const std::string& address) { tables_.look_soon(address); });
        add_probes();
    }

    /// Work that is still under way uses what goes before the pool does.
    ~RunningServer() {
        sign_in_.end();
        oidc_.end();
        pool_.end();
        photos_.end();
        reports_.end();
    }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;
    RunningServer(RunningServer&&) = delete;
    RunningServer& operator=(RunningServer&&) = delete;

    void run() {
        server_->run(route::make_routes(house_),
                     [this](const http::AnswerRecord& record) { observe(record); });
    }
    void reload(const ServeOrder& order) {
        auto configuration = order.read_again();
        if (!configuration) {
            log_.write(
                ops::Level::error,
                "reload",
                {{"kept", "the configuration before"}, {"reason", configuration.error().what}});
            return;
        }
        audit_.tell_change(policy_event(*configuration));
        oidc_.use(configuration->oidc);
        gate_.forget_foreign();
        keeper_.reload(std::make_shared<const Configuration>(std::move(*configuration)));
        const auto certificate = server_->reload_certificate();
        if (!certificate)
            log_.write(ops::Level::error, "reload", {{"certificate", certificate.error().what}});
        log_.write(ops::Level::info, "reload", {});
    }
    http::Server& server() noexcept { return *server_; }

private:
    service::DrawingRoom drawing_room(const ServeOrder& order) {
        return {tiles_.workshop(),
                tiles_.features(),
                {order.configuration.limit_expression, order.configuration.limit_expression_depth},
                &sprites_};
    }

    intake::Publisher::Settings publishing(const ServeOrder& order) {
        intake::Publisher::Settings settings;
        settings.workspace = order.workspace;
        // Read once before: what is wrong ends the program.
        if (const auto levels = levels_of(order.configuration)) settings.levels = *levels;
        if (order.configuration.settings.at("reports.moderation").value == "after")
            settings.moderation = report::Moderation::after;
        settings.feature_of = [this](std::string_view id) { return feature_numbers_.of(id); };
        return settings;
    }

    /// Who hears of it finds it when asking.
    void show_reports(const intake::ViewChange& change) {
        const auto layer = report_layers_->show(change.view, change.sight);
        for (auto& one : service::news_of_reports(change.view, *layer, change.put))
            events_.tell(std::move(one));
    }

    void observe(const http::AnswerRecord& record) {
        metrics_.answered({record.route, record.status, record.body_bytes, record.duration});
        if (!record.failure.empty())
            log_.write(ops::Level::error,
                       "handler",
                       {{"route", record.route}, {"exception", record.failure}});
        ops::RequestLine line;
        if (record.request) {
            route::audit_answer(house_, *record.request, record.route, record.status);
            line.id = record.request->id;
            line.method = record.request->method;
            line.target = record.request->target;
        }
        line.route = record.route;
        line.status = record.status;
        line.bytes = record.body_bytes;
        line.duration = record.duration;
        ops::write(log_, line);
    }

    void gauge(const char* name,
               const char* help,
               const char* consumer,
               std::function<double()> value) {
        metrics_.add_probe({name,
                            help,
                            consumer == nullptr ? "" : "consumer",
                            consumer == nullptr ? "" : consumer,
                            false,
                            std::move(value)});
    }

    void add_probes() {
        constexpr const char* memory = "relief_memory_bytes";
        constexpr const char* memory_help = "Bytes that each consumer of the memory budget holds";
        gauge(memory, memory_help, "decoded-blocks", [this] {
            return static_cast<double>(reader_.memory_use().block_bytes);
        });
        gauge(memory, memory_help, "remote-files", [this] {
            return static_cast<double>(reader_.memory_use().remote_bytes);
        });
        gauge(memory, memory_help, "reports", [this] {
            return static_cast<double>(shown_->bytes() + publisher_.bytes());
        });
        gauge(memory, memory_help, "tiles", [this] {
            return tiles_.caches().memory ? static_cast<double>(tiles_.caches().memory->use().bytes)
                                          : 0.0;
        });
        gauge("relief_disk_cache_bytes", "Bytes of the tile cache on disk", nullptr, [this] {
            return tiles_.caches().disk ? static_cast<double>(tiles_.caches().disk->use().bytes)
                                        : 0.0;
        });
        gauge("relief_open_datasets", "Raster files held open", nullptr, [this] {
            return static_cast<double>(reader_.memory_use().open_files);
        });
        gauge("relief_queue_waiting", "Requests waiting for a render thread", nullptr, [this] {
            return static_cast<double>(pool_.waiting());
        });
        gauge("relief_connections", "Open connections", nullptr, [this] {
            return static_cast<double>(server_->open_connections());
        });
        gauge("relief_event_streams", "Open streams of /events", nullptr, [this] {
            return static_cast<double>(events_.counts().streams);
        });
        metrics_.add_probe({"relief_events_total",
                            "What was told on /events, to whoever may hear it",
                            "",
                            "",
                            true,
                            [this] { return static_cast<double>(events_.counts().told); }});
        metrics_.add_probe({"relief_event_streams_left_total",
                            "Streams of /events cut off because their reader was too slow",
                            "",
                            "",
                            true,
                            [this] { return static_cast<double>(events_.counts().left); }});
        gauge("relief_layers", "Layers that anyone may see", nullptr, [this] {
            return static_cast<double>(keeper_.current()->layers(Audience::anonymous()).size());
        });
    }

    ops::Log& log_;
    ops::Metrics metrics_;
    std::unique_ptr<http::Server> server_;
    access::Gate gate_;
    service::AuditDesk audit_;
    service::RateLimits limits_;
    service::SignInDesk sign_in_;
    service::OidcDesk oidc_;
    service::AlertDesk alerts_;
    access::HookGate hooks_;
    source::RasterReader reader_;
    encode::EmptyImages empty_images_;
    std::optional<text::Fonts> fonts_;
    service::RemoteWatch remotes_;
    service::TableWatch tables_;
    ops::WorkPool pool_;
    service::TileService tiles_;
    service::EventHub events_;
    service::StyleShelf shelf_;
    std::shared_ptr<service::ReportLayers> report_layers_ =
        std::make_shared<service::ReportLayers>();
    std::shared_ptr<shown::ShownIndex> shown_;
    intake::FeatureNumbers feature_numbers_;
    intake::Publisher publisher_;
    service::CatalogueKeeper keeper_;
    service::StyleDesk styles_;
    service::StyleWriter style_writer_;
    service::SpriteService sprites_;
    service::GlyphService glyphs_;
    intake::ReportDesk reports_;
    intake::PhotoDesk photos_;
    service::StyleService drawing_;
    route::House house_;
};

std::string address_of(const Configuration& configuration, std::uint16_t port) {
    const std::string scheme = configuration.tls_cert.empty() ? "http" : "https";
    const bool bare_v6 = configuration.listen_host.find(':') != std::string::npos;
    return scheme + "://" +
           (bare_v6 ? "[" + configuration.listen_host + "]" : configuration.listen_host) + ":" +
           std::to_string(port) + "/";
}

}  // namespace

int run_server(const ServeOrder& order) {
    // Outlives the server, whose threads write to it until they have ended.
    std::unique_ptr<ops::Log> log;
    // Before any thread: those made later leave the signals to the one that waits for them.
    std::unique_ptr<RunningServer> running;
    ops::Signals signals({.end =
                              [&running] {
                                  if (running) running->server().stop(grace());
                              },
                          .reload =
                              [&running, &order] {
                                  if (running) running->reload(order);
                              }});
    if (const auto levels = levels_of(order.configuration); !levels)
        return fail(levels.error().what);
    auto server = http::Server::listen(options_of(order.configuration));
    if (!server) return fail(server.error().what);
    log = ops::make_log(order.configuration.log == "json" ? ops::Log::Form::json
                                                          : ops::Log::Form::text);
    for (const std::string& warning : order.configuration.warnings)
        log->write(ops::Level::warning, "configuration", {{"warning", warning}});
    source::start_gdal();
    running = std::make_unique<RunningServer>(order, std::move(*server), *log);
    const std::string address = address_of(order.configuration, running->server().port());
    std::cout << "Relief " << version << " serves at " << address << std::endl;
    log->write(ops::Level::info, "serving", {{"address", address}});
    running->run();
    log->write(ops::Level::info, "ended", {});
    return static_cast<int>(Status::done);
}

}  // namespace relief::command
