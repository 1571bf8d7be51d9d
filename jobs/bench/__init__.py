"""Generated vacancies, load and figures: how fast the portal is, measured beside a floor in the same run."""
