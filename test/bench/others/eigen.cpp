// Eigen: solves, decomposes and multiplies matrices.
#include <Eigen/Dense>

#include "../bench.h"

using Eigen::MatrixXd;

static MatrixXd filled(int rows, int columns, unsigned seed) {
  MatrixXd matrix(rows, columns);
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j) matrix(i, j) = benchFraction(seed, i * columns + j) - 0.5;
  return matrix;
}

int main() {
  benchBegin();
  double sum = 0;
  for (int round = 0; round < 3; ++round) {
    MatrixXd a = filled(90, 90, round), b = filled(90, 20, round + 10);
    sum += a.partialPivLu().solve(b).norm();
    sum += a.householderQr().solve(b).norm();
    MatrixXd symmetric = a * a.transpose();
    Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(symmetric);
    sum += eigen.eigenvalues().sum();
    sum += Eigen::JacobiSVD<MatrixXd>(filled(30, 24, round)).singularValues().sum();
    sum += symmetric.llt().solve(b).norm();
  }
  benchEnd();
  printf("%.6g\n", sum);
}
