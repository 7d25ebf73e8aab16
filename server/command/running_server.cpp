#include "server/command/running_server.hpp"

#include "server/access/gate.hpp"
#include "server/access/hook_gate.hpp"
#include "server/command/access_settings.hpp"
#include "server/command/server_probes.hpp"
#include "server/command/server_settings.hpp"
#include "server/command/stored_layer.hpp"
#include "server/command/verbs.hpp"
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
#include "tiler/source/gdal_runtime.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>
#include <utility>

namespace relief::command {
namespace {

using workspace::Configuration;

std::chrono::milliseconds grace() {
    return std::chrono::milliseconds(3500);
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
          publisher_(
              publishing(order),
              shown_,
              [this](const intake::ViewChange& change) { show_reports(change); },
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
              expression_limits(order.configuration),
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
              order.configuration.limit_photo_bytes + order.configuration.limit_body_bytes} {
        house_.alerts = &alerts_;
        house_.hooks = &hooks_;
        house_.body_bytes = order.configuration.limit_body_bytes;
        gate_.read_foreign_by([this](std::string_view token) { return oidc_.read_token(token); });
        audit_.tell_change(policy_event(order.configuration, order.configuration));
        house_.shown_reports = shown_.get();
        house_.settle_reports = [this] { publisher_.settle(std::chrono::milliseconds(300)); };
        tiles_.when_remote_fails(
            [this](const std::string& address) { remotes_.look_soon(address); });
        tiles_.when_table_fails([this](const std::string& address) { tables_.look_soon(address); });
        add_probes(metrics_, {reader_, *shown_, tiles_, pool_, *server_, events_, keeper_});
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
        audit_.tell_change(policy_event(*configuration, order.configuration));
        limits_.change(rates_of(*configuration));
        server_->change_origins(configuration->cors);
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
                expression_limits(order.configuration),
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
        const service::ReportsNow now{
            shown_, [this](const Audience& audience) {
                return keeper_.current()->find(LayerName::of_reports().text(), audience) != nullptr;
            }};
        for (auto& one : service::news_of_reports(change.view, *layer, change.put, now))
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
    service::CatalogueKeeper keeper_;
    intake::Publisher publisher_;
    service::StyleDesk styles_;
    service::StyleWriter style_writer_;
    service::SpriteService sprites_;
    service::GlyphService glyphs_;
    intake::ReportDesk reports_;
    intake::PhotoDesk photos_;
    service::StyleService drawing_;
    route::House house_;
};

}  // namespace

int run_server(const ServeOrder& order) {
    // Outlives the server, whose threads write to it until they have ended.
    std::unique_ptr<ops::Log> log;
    // Before any thread: those made later leave the signals to the one that waits for them.
    std::unique_ptr<RunningServer> running;
    ops::Signals signals;
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
    signals.act({.end = [&running] { running->server().stop(grace()); },
                 .reload = [&running, &order] { running->reload(order); }});
    const std::string address = address_of(order.configuration, running->server().port());
    std::cout << "Relief " << version << " serves at " << address << std::endl;
    log->write(ops::Level::info, "serving", {{"address", address}});
    running->run();
    log->write(ops::Level::info, "ended", {});
    return static_cast<int>(Status::done);
}

}  // namespace relief::command
