// Runs kernels.cu on the host, compiled as C++: a block's threads one after another, as fibers
// where they meet at barriers.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include <tuple>
#include <utility>

struct Index {
  unsigned x;
};

static Index threadIdx, blockIdx, blockDim, gridDim;

static void meet();

#define __global__
#define __device__ static
#define __shared__ static
#define __syncthreads() meet()

#include "kernels.cu"

static const unsigned kMostThreads = 256;
static const size_t kStack = 64 << 10;

static ucontext_t scheduler, fibers[kMostThreads];
static char (*stacks)[kStack];
static bool finished[kMostThreads], together;
static void (*body)(void**);
static void** arguments;

static void fail(const char* what) {
  fprintf(stderr, "fake CUDA: %s\n", what);
  abort();
}

static void meet() {
  if (!together) fail("a kernel that is not known to have one came to a barrier");
  swapcontext(&fibers[threadIdx.x], &scheduler);
}

static void fiber() {
  body(arguments);
  finished[threadIdx.x] = true;
}

/* All threads of a block go from barrier to barrier, and must all come to the same ones. */
static void run_together() {
  if (!stacks) stacks = (char(*)[kStack])malloc(kMostThreads * kStack);
  for (unsigned t = 0; t < blockDim.x; t++) {
    getcontext(&fibers[t]);
    fibers[t].uc_stack.ss_sp = stacks[t];
    fibers[t].uc_stack.ss_size = kStack;
    fibers[t].uc_link = &scheduler;
    makecontext(&fibers[t], fiber, 0);
    finished[t] = false;
  }
  unsigned ended = 0;
  while (ended == 0) {
    // odd rounds backwards: nobody may rely on an order
    static bool backwards;
    backwards = !backwards;
    for (unsigned i = 0; i < blockDim.x; i++) {
      threadIdx.x = backwards ? blockDim.x - 1 - i : i;
      swapcontext(&scheduler, &fibers[threadIdx.x]);
      ended += finished[threadIdx.x];
    }
    if (ended != 0 && ended != blockDim.x) fail("threads of a block met at different barriers");
  }
}

static void run(void (*kernel)(void**), bool has_barriers, unsigned grid, unsigned block,
                void** values) {
  if (block > kMostThreads || block == 0 || grid == 0) fail("a kernel's grid is out of bounds");
  gridDim.x = grid;
  blockDim.x = block;
  body = kernel;
  arguments = values;
  together = has_barriers;
  for (blockIdx.x = 0; blockIdx.x < grid; blockIdx.x++) {
    if (has_barriers) {
      run_together();
    } else {
      for (threadIdx.x = 0; threadIdx.x < block; threadIdx.x++) kernel(values);
    }
  }
}

template <typename F>
struct Call;

/* Calls a kernel with the values that the places of an array point to. */
template <typename... A>
struct Call<void(A...)> {
  static const int count = sizeof...(A);

  template <void (*kernel)(A...), size_t... I>
  static void spread(void** values, std::index_sequence<I...>) {
    kernel(*(std::remove_const_t<A>*)values[I]...);
  }

  template <void (*kernel)(A...)>
  static void call(void** values) {
    spread<kernel>(values, std::index_sequence_for<A...>());
  }
};

struct Kernel {
  const char* name;
  void (*call)(void**);
  int count;
  bool has_barriers;
};

#define KERNEL(name, has_barriers)                                                            \
  {#name, &Call<decltype(name)>::call<name>, Call<decltype(name)>::count, has_barriers},

static const Kernel kernels[] = {
#include "kernels.inc"
};
