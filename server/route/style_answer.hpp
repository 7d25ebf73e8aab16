#pragma once
// What all answers that a style draws have in common.

#include "server/route/house.hpp"
#include "server/service/style_time.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace relief::route {

/// By the capture "id" and the parameter lang. Errors: not_found when there is none, or nothing of
/// it may be seen; bad_request for what is no language; too_busy while the layers are not known.
Result<service::VisiblePointer> find_style(const House& house, const http::Request& request);

/// What draws one layer, by the parameters style, aggregate and lang. The layer and the request
/// outlive it.
service::StyleDesk::Drawing drawing_of(const std::shared_ptr<const workspace::Layer>& layer,
                                       const http::Request& request);

/// The wish of a request: its format too, and the time that it asks for. Errors: not_acceptable;
/// bad_request listing the known parameters, which are v, format, lang, time, max_age and `others`.
Result<service::StyleWish> style_wish(const service::VisiblePointer& style,
                                      const http::Request& request,
                                      const std::vector<std::string_view>& others = {});

/// Immutable with the current v=, a minute without.
std::string cache_control(const http::Request& request, const service::VisibleStyle& style);

/// What is drawn, and when it was.
struct DatedOrder {
    service::StyleTileOrder order;
    service::ShownTime shown{};
};

/// Answers with the picture that was asked for, or with why there is none: 304 without drawing
/// where the asker has it. X-Relief-Observed tells when what it shows was: `shown`, or what the
/// time of the request means for the layers of the style.
void serve_drawing(const House& house,
                   const std::shared_ptr<const http::Request>& request,
                   const http::Responder& respond,
                   const Result<service::StyleTileOrder>& order);
void serve_drawing(const House& house,
                   const std::shared_ptr<const http::Request>& request,
                   const http::Responder& respond,
                   const Result<service::StyleImageOrder>& order);
void serve_drawing(const House& house,
                   const std::shared_ptr<const http::Request>& request,
                   const http::Responder& respond,
                   const DatedOrder& order);

http::Parameter style_parameter();
http::Parameter version_parameter();
http::Parameter language_parameter();
http::Parameter picture_format_parameter();

}  // namespace relief::route
