#pragma once
// What routes may ask, handed to each of them.

#include "server/access/gate.hpp"
#include "server/access/hook_gate.hpp"
#include "server/http/route_table.hpp"
#include "server/intake/photo_desk.hpp"
#include "server/intake/report_desk.hpp"
#include "server/ops/metrics.hpp"
#include "server/ops/work_pool.hpp"
#include "server/service/alert_desk.hpp"
#include "server/service/audit_desk.hpp"
#include "server/service/catalogue_keeper.hpp"
#include "server/service/event_hub.hpp"
#include "server/service/glyph_service.hpp"
#include "server/service/oidc_desk.hpp"
#include "server/service/rate_limits.hpp"
#include "server/service/sign_in_desk.hpp"
#include "server/service/sprite_service.hpp"
#include "server/service/style_desk.hpp"
#include "server/service/style_service.hpp"
#include "server/service/style_writer.hpp"
#include "server/service/tile_service.hpp"
#include "tiler/shown/shown_index.hpp"
#include "tiler/style/expression_limits.hpp"
#include "tiler/text/text.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace relief::route {

/// References outlive every route.
struct House {
    service::CatalogueKeeper& catalogue;
    service::TileService& tiles;
    service::StyleDesk& styles;
    service::StyleService& drawing;  ///< by styles
    service::SpriteService& sprites;
    service::GlyphService& glyphs;
    ops::WorkPool& pool;
    ops::Metrics& metrics;
    std::optional<text::Fonts>
        fonts;            ///< none when the machine has no font: legends then are JSON and SVG
    std::string version;  ///< of the program
    style::ExpressionLimits expressions;
    int image_side = 4096;          ///< pixels, of images of any size
    int analyst_image_side = 8192;  ///< the same for analysts
    /// Who holds a token, or the secret of a session. Absent: there are none.
    std::function<access::Gate::Verdict(std::string_view token)> asker_of{};
    std::function<access::Gate::Verdict(std::string_view secret)> user_of{};
    std::function<Result<access::Gate::MapToken>(const access::Gate::MapTokenWish&)>
        make_map_token{};
    std::chrono::milliseconds map_token_time{};    ///< longest life of one
    service::StyleWriter* style_writer = nullptr;  ///< null: styles are not written here
    service::AuditDesk* audit = nullptr;           ///< null: nothing is kept of who did what
    service::RateLimits* limits = nullptr;         ///< null: there are none
    service::SignInDesk* sign_in = nullptr;        ///< null: nobody signs in
    service::OidcDesk* oidc = nullptr;             ///< null: by no identity provider
    service::EventHub* events = nullptr;           ///< null: nothing is told as it happens
    /// What the token or session of this id opens now, as Gate has it; for answers that last.
    std::function<std::string(const std::string& pass)> standing_of{};
    intake::ReportDesk* reports = nullptr;  ///< null: none are taken
    intake::PhotoDesk* photos = nullptr;    ///< null: reports have none
    std::size_t report_bytes = 0;           ///< of one with photos; 0: as all bodies
    std::size_t body_bytes = 0;             ///< of one without photos; 0: as all bodies
    /// What everyone may see of reports; null: nothing.
    const shown::ShownIndex* shown_reports = nullptr;
    /// Returns when that has followed all that was answered before, or after a moment.
    std::function<void()> settle_reports{};
    const service::AlertDesk* alerts = nullptr;  ///< null: there are none
    access::HookGate* hooks = nullptr;           ///< null: no webhook is let in
};

/// Answers from a render thread; a full queue answers too_busy at once.
void answer_later(const House& house,
                  const std::shared_ptr<const http::Request>& request,
                  http::Responder respond,
                  std::function<http::Response(const http::Request&)> work);

/// The handler of an address whose work is done on a render thread.
http::Handler on_pool(const House& house,
                      http::Response (*work)(const House&, const http::Request&));

/// The table of every address. `house` outlives it.
std::shared_ptr<const http::RouteTable> make_routes(const House& house);

// One function for each family of addresses, each in a file of its own; the table keeps its place
// in memory.
void add_page_routes(http::RouteTable& table, const House& house);
void add_health_routes(http::RouteTable& table, const House& house);
void add_layer_routes(http::RouteTable& table, const House& house);
void add_statistics_routes(http::RouteTable& table, const House& house);
void add_tile_routes(http::RouteTable& table, const House& house);
void add_tilejson_routes(http::RouteTable& table, const House& house);
void add_explain_routes(http::RouteTable& table, const House& house);
void add_point_routes(http::RouteTable& table, const House& house);
void add_legend_routes(http::RouteTable& table, const House& house);
void add_layer_style_routes(http::RouteTable& table, const House& house);
void add_style_routes(http::RouteTable& table, const House& house);
void add_style_tile_routes(http::RouteTable& table, const House& house);
void add_style_writing_routes(http::RouteTable& table, const House& house);
void add_sprite_routes(http::RouteTable& table, const House& house);
void add_font_routes(http::RouteTable& table, const House& house);
void add_static_routes(http::RouteTable& table, const House& house);
void add_algorithm_routes(http::RouteTable& table, const House& house);
void add_auth_routes(http::RouteTable& table, const House& house);
void add_oidc_routes(http::RouteTable& table, const House& house);
void add_audit_routes(http::RouteTable& table, const House& house);
void add_event_routes(http::RouteTable& table, const House& house);
void add_report_routes(http::RouteTable& table, const House& house);
void add_report_reading_routes(http::RouteTable& table, const House& house);
void add_report_moderation_routes(http::RouteTable& table, const House& house);
void add_report_photo_routes(http::RouteTable& table, const House& house);
http::Parameter report_parameter();
void add_alert_routes(http::RouteTable& table, const House& house);
void add_hook_routes(http::RouteTable& table, const House& house);

}  // namespace relief::route
