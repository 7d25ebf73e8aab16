#include "tiler/source/read_mosaic.hpp"

#include <utility>

namespace relief::source {
namespace {

Error too_many(std::size_t parts) {
    return {Fault::too_large,
            "this picture needs more than " + std::to_string(most_parts) + " of the mosaic's " +
                std::to_string(parts) +
                " scenes here; zoom in, ask for fewer with time=, or leave pick out to see the "
                "overview"};
}

Error too_deep() {
    return {Fault::too_large,
            "pick=median needs more memory here than one picture may take; zoom in, ask for fewer "
            "scenes with time=, or use pick=mean"};
}

}  // namespace

Result<MosaicCells> read_mosaic(const RasterReader& reader,
                                std::span<const MosaicPart> parts,
                                const MosaicRequest& request) {
    Composition composition(request.form);
    MosaicCells result;
    for (std::size_t i = 0; i < parts.size() && !composition.full(); ++i) {
        if (request.read.deadline.passed())
            return Error{Fault::out_of_time, "the scenes took too long to read"};
        if (result.opened == request.most) return too_many(parts.size());
        ++result.opened;
        auto grid = reader.read(parts[i].file, request.read);
        if (!grid) {
            if (grid.error().fault == Fault::out_of_time) return grid.error();
            result.broken.push_back({i, grid.error()});
            continue;
        }
        composition.add(std::move(*grid), parts[i].fits);
        if (composition.bytes() > most_median_bytes) return too_deep();
    }
    result.grid = composition.finish();
    return result;
}

}  // namespace relief::source
