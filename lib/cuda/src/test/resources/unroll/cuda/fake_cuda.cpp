// A stand-in for libcuda, cuBLAS, cuDNN and NVRTC on a machine without a GPU: the backend's own
// kernels run as they are, compiled as C++, and everything else as plain loops. It shows that the
// backend asks for the right things in the right order; it shows nothing of a GPU.
#include "fake_kernels.h"
#include "fake_driver.h"
#include "fake_libraries.h"
#include "fake_cudnn.h"
