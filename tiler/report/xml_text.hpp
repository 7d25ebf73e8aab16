#pragma once
// Texts between the tags of XML.

#include <string>
#include <string_view>

namespace relief::report {

/// Markup becomes text; what XML 1.0 has no letter for is left out.
std::string xml_text(std::string_view text);

/// "<name>text</name>"; nothing for an empty text.
std::string xml_element(std::string_view name, std::string_view text);

}  // namespace relief::report
