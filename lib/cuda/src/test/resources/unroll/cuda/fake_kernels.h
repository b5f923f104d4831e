// Runs kernels.cu on the host, compiled as C++: a block's threads one after another, as fibers
// where they meet at barriers.
#include <math.h>
#include <setjmp.h>
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

static ucontext_t first[kMostThreads];
static jmp_buf scheduler, fibers[kMostThreads];
static char (*stacks)[kStack];
static bool begun[kMostThreads], finished[kMostThreads], together;
static void (*body)(void**);
static void** arguments;

static void fail(const char* what) {
  fprintf(stderr, "fake CUDA: %s\n", what);
  abort();
}

/* Leaves a thread for the scheduler, which comes back to it. */
static void leave() {
  if (_setjmp(fibers[threadIdx.x]) == 0) _longjmp(scheduler, 1);
}

static void meet() {
  if (!together) fail("a kernel that is not known to have one came to a barrier");
  leave();
}

/* A thread's fiber: runs kernel after kernel. */
static void fiber() {
  for (;;) {
    body(arguments);
    finished[threadIdx.x] = true;
    leave();
  }
}

/* Lets a thread go on to its next barrier, or to the end. */
static void go_on(unsigned thread) {
  threadIdx.x = thread;
  if (_setjmp(scheduler) != 0) return;
  if (begun[thread]) _longjmp(fibers[thread], 1);
  begun[thread] = true;
  getcontext(&first[thread]);
  first[thread].uc_stack.ss_sp = stacks[thread];
  first[thread].uc_stack.ss_size = kStack;
  makecontext(&first[thread], fiber, 0);
  setcontext(&first[thread]);
}

/* All threads of a block go from barrier to barrier, and must all come to the same ones. */
static void run_together() {
  static bool backwards;
  if (!stacks) stacks = (char(*)[kStack])malloc(kMostThreads * kStack);
  for (unsigned t = 0; t < blockDim.x; t++) finished[t] = false;
  unsigned ended = 0;
  while (ended == 0) {
    backwards = !backwards;  // nobody may rely on an order
    for (unsigned i = 0; i < blockDim.x; i++) {
      unsigned thread = backwards ? blockDim.x - 1 - i : i;
      go_on(thread);
      ended += finished[thread];
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
