#pragma once
// Styles as they are asked for: by name, and by who asks.

#include "server/service/visible_style.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace relief::service {

/// For any thread. What was made ready for an audience is kept as long as neither the catalogue nor
/// the shelf changes: a tile that is in memory costs no look at its style.
class StyleDesk {
public:
    using CataloguePointer = std::shared_ptr<const workspace::Catalogue>;

    StyleDesk(const StyleShelf& shelf, std::function<CataloguePointer()> catalogue)
        : shelf_(shelf), catalogue_(std::move(catalogue)) {}

    /// With a language, as in_language() words it. Errors: not_found; bad_request for what is no
    /// language.
    Result<VisiblePointer> find(std::string_view id,
                                const Audience& audience,
                                std::string_view language = {});
    /// Sorted by id.
    std::vector<VisiblePointer> all(const Audience& audience);
    /// What is drawn of one layer by itself: with `style`, that style's layers that draw from it;
    /// else points, lines and areas, or the numbers of points, in plain colours. Of reports the
    /// style "reports", and for "heat" the style "reports-heat".
    struct Drawing {
        const std::shared_ptr<const workspace::Layer>& layer;
        std::string_view style{};
        std::string_view aggregate{};  ///< as feature words say it; empty: none
        std::string_view language{};
    };
    /// Errors: not_found for a style that is not there or draws nothing of the layer; bad_request
    /// for an aggregate or a language that is not known.
    Result<VisiblePointer> of_layer(const Drawing& drawing, const Audience& audience);

    const StyleShelf& shelf() const noexcept { return shelf_; }

private:
    using Maker =
        std::function<Result<VisiblePointer>(const StyleList&, const workspace::Catalogue&)>;
    Result<VisiblePointer> kept_or(const std::string& key,
                                   const Audience& audience,
                                   const Maker& make);
    void keep(const std::string& key, const VisiblePointer& style);

    const StyleShelf& shelf_;
    std::function<CataloguePointer()> catalogue_;
    std::mutex mutex_;
    std::shared_ptr<const StyleList> list_;  ///< that `kept_` was made from
    CataloguePointer of_;                    ///< likewise
    std::map<std::string, VisiblePointer, std::less<>> kept_;
    std::size_t kept_bytes_ = 0;  ///< of `kept_`, about
};

}  // namespace relief::service
