#include "tiler/geo/projector.hpp"

#include <proj.h>

#include <cmath>
#include <limits>
#include <utility>

namespace relief::geo {
namespace {

struct ContextCloser {
    void operator()(PJ_CONTEXT* context) const noexcept { proj_context_destroy(context); }
};
struct ProjectionCloser {
    void operator()(PJ* projection) const noexcept { proj_destroy(projection); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextCloser>;
using Projection = std::unique_ptr<PJ, ProjectionCloser>;

void silence(void*, int, const char*) {}

}  // namespace

struct Projector::Machine {
    Context context;
    Projection projection;

    void run(PJ_DIRECTION direction, std::span<double> x, std::span<double> y) const noexcept {
        proj_trans_generic(projection.get(),
                           direction,
                           x.data(),
                           sizeof(double),
                           x.size(),
                           y.data(),
                           sizeof(double),
                           y.size(),
                           nullptr,
                           0,
                           0,
                           nullptr,
                           0,
                           0);
        constexpr double infinite = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (!std::isfinite(x[i]) || !std::isfinite(y[i])) x[i] = y[i] = infinite;
        }
    }
};

Projector::Projector(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}
Projector::Projector(Projector&&) noexcept = default;
Projector& Projector::operator=(Projector&&) noexcept = default;
Projector::~Projector() = default;

Result<Projector> Projector::make(const std::string& from, const std::string& to) {
    auto machine = std::make_unique<Machine>();
    machine->context.reset(proj_context_create());
    PJ_CONTEXT* context = machine->context.get();
    proj_log_func(context, nullptr, silence);
    proj_context_set_enable_network(context, 0);

    const Projection source(proj_create(context, from.c_str()));
    const Projection target(proj_create(context, to.c_str()));
    Projection raw;
    if (source && target) {
        raw.reset(
            proj_create_crs_to_crs_from_pj(context, source.get(), target.get(), nullptr, nullptr));
    }
    if (raw) machine->projection.reset(proj_normalize_for_visualization(context, raw.get()));
    if (!machine->projection) {
        return bad_request(
            "coordinates cannot be taken from one reference system to the other",
            "PROJ: no operation from " + from.substr(0, 200) + " to " + to.substr(0, 200));
    }
    return Projector(std::move(machine));
}

void Projector::forward(std::span<double> x, std::span<double> y) const noexcept {
    machine_->run(PJ_FWD, x, y);
}

void Projector::inverse(std::span<double> x, std::span<double> y) const noexcept {
    machine_->run(PJ_INV, x, y);
}

}  // namespace relief::geo
