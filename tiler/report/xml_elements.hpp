#pragma once
// Elements of an XML document, one record at a time, within bounds and without any DTD.

#include "tiler/core/result.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace relief::report {

/// Its attributes are not kept: no format that is read here says anything in them.
struct XmlElement {
    std::string space;  ///< of its name: the namespace, empty for none
    std::string name;
    std::string text{};  ///< directly inside, its pieces joined
    std::vector<XmlElement> children{};

    /// The first child of that name, in any namespace; null: none.
    const XmlElement* child(std::string_view wanted) const noexcept;
    /// Its text without blanks at the ends; empty: none.
    std::string_view text_of(std::string_view wanted) const noexcept;
    std::vector<const XmlElement*> all(std::string_view wanted) const;
};

struct XmlRecord {
    XmlElement element;
    double share = 0;  ///< of the document that is read by then, 0 to 1
};

struct XmlWish {
    /// Is an element of that name a record? What stands around records is not kept.
    std::function<bool(std::string_view name)> is_record;
    /// False: no more.
    std::function<bool(XmlRecord record)> take;
};

/// Errors: bad_request for a DOCTYPE, what is no well-formed XML (with the line), what is nested
/// deeper than ReadingBounds::depth, a record over ReadingBounds::record.
Result<void> read_elements(std::string_view xml, const XmlWish& wish);

}  // namespace relief::report
