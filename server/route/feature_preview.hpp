#pragma once
// /layers/{id}/preview.png of a layer of features.

#include "server/route/house.hpp"

#include <memory>

namespace relief::route {

/// The whole layer by `style=`, else in plain colours, on clear ground. Any thread; answers later.
void serve_feature_preview(const House& house,
                           const std::shared_ptr<const workspace::Layer>& layer,
                           const std::shared_ptr<const http::Request>& request,
                           const http::Responder& respond);

}  // namespace relief::route
