// cuDNN's recurrent layers as plain loops, from its equations: one layer, one direction, float32.
// Strict where cuDNN's documentation is: descriptors must fit each other, addresses must be
// aligned, the way back uses up the reserve, the gradients of the weights are added.

static const int kBadParameter = 2000;

struct Tensor {
  int rank = 0, dimensions[8], strides[8];
};

struct Sequence {
  int layout, steps, batch, features;
  std::vector<int> lengths;
};

struct Rnn {
  int algorithm, cell, bias, math, inputs, hidden;

  int gates() const { return cell < 2 ? 1 : cell == 2 ? 4 : 3; }
  int columns(int layer) const { return layer < gates() ? inputs : hidden; }

  /* Even hidden sizes: all matrices, then all biases; odd ones: each matrix with its bias, apart. */
  size_t matrix(int layer) const {
    size_t at = 0;
    for (int i = 0; i < layer; i++) at += slot(i);
    return at;
  }
  size_t vector(int layer) const {
    if (hidden % 2) return matrix(layer) + hidden * columns(layer) + 3;
    return matrix(2 * gates()) + (size_t)layer * hidden;
  }
  size_t slot(int layer) const {
    size_t matrix = (size_t)hidden * columns(layer);
    return hidden % 2 ? matrix + hidden + 8 : matrix;
  }
  size_t size() const { return 4 * (matrix(2 * gates()) + 2 * gates() * hidden + 16); }
};

static int cudnn_place, dropout_place;

API size_t cudnnGetVersion() { return 92500; }
API const char* cudnnGetErrorString(int) { return "CUDNN_STATUS of the fake cuDNN"; }
API void cudnnGetLastErrorString(char* text, size_t size) { snprintf(text, size, "as it is"); }

API int cudnnCreate(void** handle) {
  *handle = &cudnn_place;
  return current == &context_place ? 0 : 1001;
}

API int cudnnSetStream(void* handle, void* stream) {
  return handle == &cudnn_place && stream == &stream_place ? 0 : kBadParameter;
}

API int cudnnCreateDropoutDescriptor(void** dropout) {
  *dropout = &dropout_place;
  return 0;
}

API int cudnnSetDropoutDescriptor(void* dropout, void* handle, float share, void* states,
                                  size_t size, unsigned long long) {
  return dropout == &dropout_place && handle == &cudnn_place && share == 0 && !states && size == 0
             ? 0
             : kBadParameter;
}

API int cudnnCreateTensorDescriptor(void** tensor) {
  *tensor = new Tensor;
  return 0;
}

API int cudnnDestroyTensorDescriptor(void* tensor) {
  delete (Tensor*)tensor;
  return 0;
}

API int cudnnSetTensorNdDescriptor(void* tensor, int type, int rank, const int* dimensions,
                                   const int* strides) {
  Tensor* t = (Tensor*)tensor;
  t->rank = rank;
  for (int i = 0; i < rank; i++) t->dimensions[i] = dimensions[i], t->strides[i] = strides[i];
  return type == 0 && rank == 3 ? 0 : kBadParameter;
}

API int cudnnGetTensorNdDescriptor(void* tensor, int most, int* type, int* rank, int* dimensions,
                                   int* strides) {
  Tensor* t = (Tensor*)tensor;
  *type = 0;
  *rank = t->rank;
  for (int i = 0; i < t->rank && i < most; i++)
    dimensions[i] = t->dimensions[i], strides[i] = t->strides[i];
  return 0;
}

API int cudnnCreateRNNDataDescriptor(void** sequence) {
  *sequence = new Sequence;
  return 0;
}

API int cudnnDestroyRNNDataDescriptor(void* sequence) {
  delete (Sequence*)sequence;
  return 0;
}

API int cudnnSetRNNDataDescriptor(void* sequence, int type, int layout, int steps, int batch,
                                  int features, const int* lengths, void* padding) {
  *(Sequence*)sequence = {layout, steps, batch, features, {lengths, lengths + batch}};
  bool right = type == 0 && layout == 0 && steps > 0 && batch > 0 && features > 0;
  for (int b = 0; b < batch; b++) right = right && lengths[b] > 0 && lengths[b] <= steps;
  return right && *(float*)padding == 0 ? 0 : kBadParameter;
}

API int cudnnCreateRNNDescriptor(void** rnn) {
  *rnn = new Rnn;
  return 0;
}

API int cudnnDestroyRNNDescriptor(void* rnn) {
  delete (Rnn*)rnn;
  return 0;
}

API int cudnnSetRNNDescriptor_v8(void* rnn, int algorithm, int cell, int bias, int direction,
                                 int input_mode, int type, int precision, int math, int inputs,
                                 int hidden, int projection, int layers, void* dropout,
                                 unsigned flags) {
  *(Rnn*)rnn = {algorithm, cell, bias, math, inputs, hidden};
  if (direction || input_mode || type || precision || projection != hidden || layers != 1 ||
      dropout != &dropout_place || flags != 1 || cell < 0 || cell > 3 ||
      (bias != 0 && bias != 2) || (math != 0 && math != 3))
    return kBadParameter;
  return algorithm == 0 || algorithm == 1 ? 0 : kBadParameter;
}

API int cudnnGetRNNWeightSpaceSize(void* handle, void* rnn, size_t* size) {
  *size = ((Rnn*)rnn)->size();
  return handle == &cudnn_place ? 0 : kBadParameter;
}

static size_t reserve_size(const Rnn& rnn, const Sequence& s) {
  return 256 + 4ul * s.steps * s.batch * 9 * rnn.hidden;
}

API int cudnnGetRNNTempSpaceSizes(void* handle, void* rnn, int mode, void* input, size_t* work,
                                  size_t* reserve) {
  const Sequence& s = *(Sequence*)input;
  if (((Rnn*)rnn)->algorithm == 1 && ((Rnn*)rnn)->hidden > 16) return 3000;  // not supported
  *work = mode == 1 ? 4096 : 1024;
  *reserve = mode == 1 ? reserve_size(*(Rnn*)rnn, s) : 0;
  return handle == &cudnn_place ? 0 : kBadParameter;
}

API int cudnnGetRNNWeightParams(void* handle, void* layer, int pseudo, size_t size,
                                const void* space, int id, void* matrix, void** matrix_at,
                                void* vector, void** vector_at) {
  const Rnn& rnn = *(Rnn*)layer;
  Tensor &m = *(Tensor*)matrix, &v = *(Tensor*)vector;
  if (handle != &cudnn_place || pseudo != 0 || size != rnn.size() || id < 0 ||
      id >= 2 * rnn.gates())
    return kBadParameter;
  m = {3, {1, rnn.hidden, rnn.columns(id)}, {rnn.hidden * rnn.columns(id), rnn.columns(id), 1}};
  *matrix_at = (float*)space + rnn.matrix(id);
  v = rnn.bias ? Tensor{3, {1, rnn.hidden, 1}, {rnn.hidden, 1, 1}} : Tensor{};
  *vector_at = rnn.bias ? (float*)space + rnn.vector(id) : nullptr;
  return 0;
}

static float logistic(float x) { return 1 / (1 + expf(-x)); }

/* A layer with the addresses of one call. */
struct Layer {
  Rnn rnn;
  Sequence in, out;
  const float* weights;
  float* reserve;

  int T() const { return in.steps; }
  int B() const { return in.batch; }
  int H() const { return rnn.hidden; }

  const float* matrix(int layer) const { return weights + rnn.matrix(layer); }
  float bias(int layer, int unit) const {
    return rnn.bias ? weights[rnn.vector(layer) + unit] : 0;
  }
  /* Nine numbers a unit: the gates, what came from h for a GRU, the cell; later their gradients. */
  float* kept(int t, int b) const { return reserve + 64 + ((size_t)t * B() + b) * 9 * H(); }

  float product(int layer, int unit, const float* x) const {
    int n = rnn.columns(layer);
    float sum = bias(layer, unit);
    for (int i = 0; i < n; i++) sum += matrix(layer)[(size_t)unit * n + i] * x[i];
    return sum;
  }

  void step(const float* x, const float* h, const float* c, float* y, float* cell, float* keep) {
    int G = rnn.gates();
    for (int j = 0; j < H(); j++) {
      float a[4], r[4];
      for (int g = 0; g < G; g++) {
        a[g] = product(g, j, x);
        r[g] = product(G + g, j, h);
      }
      if (rnn.cell == 2) {
        float i = logistic(a[0] + r[0]), f = logistic(a[1] + r[1]);
        float n = tanhf(a[2] + r[2]), o = logistic(a[3] + r[3]);
        cell[j] = f * c[j] + i * n;
        y[j] = o * tanhf(cell[j]);
        float all[] = {i, f, n, o, cell[j]};
        for (int k = 0; keep && k < 5; k++) keep[k * H() + j] = all[k];
      } else if (rnn.cell == 3) {
        float reset = logistic(a[0] + r[0]), z = logistic(a[1] + r[1]);
        float n = tanhf(a[2] + reset * r[2]);
        y[j] = (1 - z) * n + z * h[j];
        float all[] = {reset, z, n, r[2]};
        for (int k = 0; keep && k < 4; k++) keep[k * H() + j] = all[k];
      } else {
        float sum = a[0] + r[0];
        y[j] = rnn.cell == 0 ? (sum > 0 || sum != sum ? sum : 0) : tanhf(sum);
      }
    }
  }

  void forward(const float* x, float* y, const float* hx, float* hy, const float* cx, float* cy) {
    std::vector<float> zero(H()), cells(B() * H());
    for (int b = 0; b < B(); b++) {
      std::vector<float> cell(zero), next(zero);
      if (cx) cell.assign(cx + b * H(), cx + (b + 1) * H());
      for (int t = 0; t < T(); t++) {
        const float* h = t ? y + ((size_t)(t - 1) * B() + b) * H() : hx ? hx + b * H() : &zero[0];
        step(x + ((size_t)t * B() + b) * rnn.inputs, h, &cell[0],
             y + ((size_t)t * B() + b) * H(), &next[0], reserve ? kept(t, b) : nullptr);
        cell = next;
      }
      if (hy) memcpy(hy + b * H(), y + ((size_t)(T() - 1) * B() + b) * H(), 4 * H());
      if (cy) memcpy(cy + b * H(), &cell[0], 4 * H());
    }
    if (reserve) reserve[0] = 1;
  }

  /* The gradients at W x (of[g]) and at R h (of[4 + g]) of one unit; dc and dh go on. */
  void unit(const float* keep, float y, float h, float c, float dy, float* dc, float* dh,
            float* of, int j) {
    const float* k = keep + j;
    int n = H();
    if (rnn.cell == 2) {
      float i = k[0], f = k[n], g = k[2 * n], o = k[3 * n], t = tanhf(k[4 * n]);
      *dc += dy * o * (1 - t * t);
      of[0] = *dc * g * i * (1 - i);
      of[1] = *dc * c * f * (1 - f);
      of[2] = *dc * i * (1 - g * g);
      of[3] = dy * t * o * (1 - o);
      *dc *= f;
    } else if (rnn.cell == 3) {
      float r = k[0], z = k[n], v = k[2 * n], hn = k[3 * n];
      of[2] = dy * (1 - z) * (1 - v * v);
      of[1] = dy * (h - v) * z * (1 - z);
      of[0] = of[2] * hn * r * (1 - r);
      *dh = dy * z;
    } else {
      of[0] = rnn.cell == 0 ? (y > 0 ? dy : 0) : dy * (1 - y * y);
    }
    for (int g = 0; g < rnn.gates(); g++) of[4 + g] = of[g];
    if (rnn.cell == 3) of[6] = of[2] * k[0];
  }

  void back(const float* y, const float* dy, float* dx, const float* hx, const float* dhy,
            float* dhx, const float* cx, const float* dcy, float* dcx) {
    int G = rnn.gates(), I = rnn.inputs;
    for (int b = 0; b < B(); b++) {
      std::vector<float> dh(H()), dc(H());
      for (int j = 0; j < H(); j++) {
        if (dhy) dh[j] = dhy[b * H() + j];
        if (dcy) dc[j] = dcy[b * H() + j];
      }
      for (int t = T() - 1; t >= 0; t--) {
        size_t row = (size_t)t * B() + b;
        std::vector<float> of(8 * H()), before(H()), input(I);
        for (int j = 0; j < H(); j++) {
          float h = t ? y[(row - B()) * H() + j] : hx ? hx[b * H() + j] : 0;
          float c = t ? kept(t - 1, b)[4 * H() + j] : cx ? cx[b * H() + j] : 0;
          float unit_of[8] = {};
          unit(kept(t, b), y[row * H() + j], h, c, dh[j] + dy[row * H() + j], &dc[j], &before[j],
               unit_of, j);
          for (int k = 0; k < 8; k++) of[k * H() + j] = unit_of[k];
        }
        for (int g = 0; g < G; g++)
          for (int j = 0; j < H(); j++) {
            for (int i = 0; i < I; i++) input[i] += of[g * H() + j] * matrix(g)[j * I + i];
            for (int i = 0; i < H(); i++)
              before[i] += of[(4 + g) * H() + j] * matrix(G + g)[j * H() + i];
          }
        memcpy(dx + row * I, &input[0], 4 * I);
        dh = before;
        memcpy(kept(t, b), &of[0], 32 * H());
      }
      if (dhx) memcpy(dhx + b * H(), &dh[0], 4 * H());
      if (dcx) memcpy(dcx + b * H(), &dc[0], 4 * H());
    }
    reserve[0] = 2;
  }

  void add_weights(const float* x, const float* hx, const float* y, float* to) {
    int G = rnn.gates();
    for (int t = 0; t < T(); t++)
      for (int b = 0; b < B(); b++)
        for (int l = 0; l < 2 * G; l++) {
          const float* of = kept(t, b) + (l < G ? l : l - G + 4) * H();
          const float* from = l < G ? x + ((size_t)t * B() + b) * rnn.inputs
                              : t   ? y + ((size_t)(t - 1) * B() + b) * H()
                                    : hx ? hx + b * H() : nullptr;
          for (int j = 0; j < H(); j++) {
            for (int i = 0; from && i < rnn.columns(l); i++)
              to[rnn.matrix(l) + (size_t)j * rnn.columns(l) + i] += of[j] * from[i];
            if (rnn.bias) to[rnn.vector(l) + j] += of[j];
          }
        }
  }
};

static bool aligned(std::initializer_list<const void*> all) {
  for (const void* at : all)
    if ((size_t)at % 16) return false;
  return true;
}

/* Whether all that a call gets fits together; fills in the layer. */
static bool call(Layer* to, void* handle, void* rnn, void* in, void* out, void* state, void* cells,
                 size_t weight_size, const void* weights, size_t work_size, void* work,
                 size_t reserve_size_given, void* reserve, bool training) {
  to->rnn = *(Rnn*)rnn;
  to->in = *(Sequence*)in;
  to->out = *(Sequence*)out;
  to->weights = (const float*)weights;
  to->reserve = (float*)reserve;
  Tensor& s = *(Tensor*)state;
  bool right = handle == &cudnn_place && current == &context_place;
  right = right && to->in.features == to->rnn.inputs && to->out.features == to->rnn.hidden;
  right = right && to->in.steps == to->out.steps && to->in.lengths == to->out.lengths;
  right = right && s.rank == 3 && s.dimensions[0] == 1 && s.dimensions[1] == to->in.batch;
  right = right && s.dimensions[2] == to->rnn.hidden && s.strides[1] == to->rnn.hidden;
  right = right && s.strides[0] == to->in.batch * to->rnn.hidden && s.strides[2] == 1;
  right = right && (to->rnn.cell == 2) == (cells != nullptr);
  right = right && weight_size == to->rnn.size() && holds(weights, weight_size);
  right = right && work_size == (training ? 4096 : 1024) && holds(work, work_size);
  right = right && aligned({weights, work, reserve});
  if (!training) return right && reserve_size_given == 0 && !reserve;
  return right && reserve_size_given == reserve_size(to->rnn, to->in) &&
         holds(reserve, reserve_size_given);
}

/* The work of a call, put off; it finds garbage in the workspace and leaves some. */
static int enqueue_layer(const Layer& layer, const int* lengths, void* work,
                         std::function<void(Layer&)> run) {
  return enqueue([=]() mutable {
    for (int b = 0; b < layer.in.batch; b++)
      if (lengths[b] != layer.in.lengths[b]) fail("lengths on the device are others");
    memset(work, 0xFF, 1024);
    Layer copy = layer;
    run(copy);
  });
}

API int cudnnRNNForward(void* handle, void* rnn, int mode, const int* lengths, void* in,
                        const void* x, void* out, void* y, void* state, const void* hx, void* hy,
                        void* cells, const void* cx, void* cy, size_t weight_size,
                        const void* weights, size_t work_size, void* work, size_t reserve_size,
                        void* reserve) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  Layer layer;
  if (!call(&layer, handle, rnn, in, out, state, cells, weight_size, weights, work_size, work,
            reserve_size, reserve, mode == 1) ||
      !x || !y || !aligned({x, y, hx, hy, cx, cy}))
    return kBadParameter;
  return enqueue_layer(layer, lengths, work, [=](Layer& l) {
    l.forward((const float*)x, (float*)y, (const float*)hx, (float*)hy, (const float*)cx,
              (float*)cy);
  });
}

API int cudnnRNNBackwardData_v8(void* handle, void* rnn, const int* lengths, void* out,
                                const void* y, const void* dy, void* in, void* dx, void* state,
                                const void* hx, const void* dhy, void* dhx, void* cells,
                                const void* cx, const void* dcy, void* dcx, size_t weight_size,
                                const void* weights, size_t work_size, void* work,
                                size_t reserve_size, void* reserve) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  Layer layer;
  if (!call(&layer, handle, rnn, in, out, state, cells, weight_size, weights, work_size, work,
            reserve_size, reserve, true) ||
      !y || !dy || !dx || !aligned({y, dy, dx, hx, dhy, dhx, cx, dcy, dcx}))
    return kBadParameter;
  return enqueue_layer(layer, lengths, work, [=](Layer& l) {
    if (l.reserve[0] != 1) fail("backward data without a way forward before it");
    l.back((const float*)y, (const float*)dy, (float*)dx, (const float*)hx, (const float*)dhy,
           (float*)dhx, (const float*)cx, (const float*)dcy, (float*)dcx);
  });
}

API int cudnnRNNBackwardWeights_v8(void* handle, void* rnn, int mode, const int* lengths, void* in,
                                   const void* x, void* state, const void* hx, void* out,
                                   const void* y, size_t weight_size, void* gradients,
                                   size_t work_size, void* work, size_t reserve_size,
                                   void* reserve) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  Layer layer;
  void* cells = ((Rnn*)rnn)->cell == 2 ? state : nullptr;
  if (!call(&layer, handle, rnn, in, out, state, cells, weight_size, gradients, work_size, work,
            reserve_size, reserve, true) ||
      mode != 0 || !x || !y || !aligned({x, hx, y}))
    return kBadParameter;
  return enqueue_layer(layer, lengths, work, [=](Layer& l) {
    if (l.reserve[0] != 2) fail("backward weights without backward data before it");
    l.add_weights((const float*)x, (const float*)hx, (const float*)y, (float*)gradients);
  });
}
