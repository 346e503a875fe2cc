"""The model by hand: arrays made with NumPy, given to HiGHS as they are. No modelling tool stands between."""

import highspy
import numpy as np
from data import Array, Data
from matrix import Matrix, matrix, money

Made = tuple[Data, Matrix, highspy.Highs]


def build(data: Data, **options: object) -> Made:
    model = matrix(data)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = model.matrix.shape
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = model.gain, np.zeros(model.gain.size), model.most
    lp.row_lower_, lp.row_upper_ = model.low, model.high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = model.matrix.indptr, model.matrix.indices
    lp.a_matrix_.value_ = model.matrix.data
    highs = highspy.Highs()
    for name, value in ({"output_flag": False} | options).items():
        highs.setOptionValue(name, value)
    highs.passModel(lp)
    return data, model, highs


def solve(made: Made) -> float:
    made[2].run()
    if made[2].getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise SystemExit(f"HiGHS ended {made[2].getModelStatus()}")
    return made[2].getInfo().objective_function_value


def answer(made: Made) -> Array:
    data, model, highs = made
    return money(data, model, np.array(highs.getSolution().col_value))


WAYS = {"best": (build, solve, answer)}
