#pragma once
// The names on a map in a language that its reader asks for.

#include "server/service/visible_style.hpp"

#include <string_view>

namespace relief::service {

/// Whether it is a language tag: "ar", "pt-BR", "zh-Hant". Source: RFC 5646, without extensions.
bool is_language(std::string_view tag);

/// The style whose texts show, wherever they show a name, first the one in that language:
/// `name:pt-BR`, `name:pt`, the same with an underscore, then what the style itself says. Errors:
/// bad_request for what is no language.
Result<VisiblePointer> in_language(const VisiblePointer& style, std::string_view language);

}  // namespace relief::service
