//! Every rule, by code. Written by `cargo xtask gen`; do not edit by hand.

/// Rules MZ1400 – MZ9400.
pub mod against;
/// Rules MZ7010 – MZ7013.
pub mod assets;
/// Rules MZ2001 – MZ2200.
pub mod catalogue;
/// Rules MZ5001 – MZ5011.
pub mod completeness;
/// Rules MZ1001 – MZ1202.
pub mod cube;
/// Rules MZ7020 – MZ7021.
pub mod headcount;
/// Rules MZ7040 – MZ9101.
pub mod identity;
/// Rules MZ3001 – MZ4200.
pub mod narrative;
/// Rules MZ6001 – MZ6206.
pub mod performance;
/// Rules MZ7001 – MZ7200.
pub mod procurement;
/// Rules MZ8001 – MZ8007.
pub mod project;
/// Rules MZ4010 – MZ4402.
pub mod reason;
/// Rules MZ9001 – MZ9200.
pub mod residue;
/// Rules MZ8010 – MZ8013.
pub mod secrecy;
/// Rules MZ1101 – MZ1109.
pub mod table;
/// Rules MZ7030 – MZ7042.
pub mod three_public;

use crate::Rule;

/// All rules, in code order.
pub static RULES: &[&Rule] = &[
    &cube::parts_miss_total::PARTS_MISS_TOTAL,
    &cube::same_figure_differs::SAME_FIGURE_DIFFERS,
    &cube::part_exceeds_whole::PART_EXCEEDS_WHOLE,
    &cube::rounding_only::ROUNDING_ONLY,
    &cube::parts_unlisted::PARTS_UNLISTED,
    &table::negative_amount::NEGATIVE_AMOUNT,
    &table::unreadable_cell::UNREADABLE_CELL,
    &table::duplicate_row::DUPLICATE_ROW,
    &table::parent_row_missing::PARENT_ROW_MISSING,
    &table::children_missing::CHILDREN_MISSING,
    &table::total_row_missing::TOTAL_ROW_MISSING,
    &table::code_order::CODE_ORDER,
    &table::zero_styles_mixed::ZERO_STYLES_MIXED,
    &table::table_repeated::TABLE_REPEATED,
    &cube::paired_headings_differ::PAIRED_HEADINGS_DIFFER,
    &cube::nature_misplaced::NATURE_MISPLACED,
    &against::prior_amount_restated::PRIOR_AMOUNT_RESTATED,
    &against::unit_exceeds_department::UNIT_EXCEEDS_DEPARTMENT,
    &against::initial_budget_differs::INITIAL_BUDGET_DIFFERS,
    &against::version_differs::VERSION_DIFFERS,
    &catalogue::heading_not_in_catalogue::HEADING_NOT_IN_CATALOGUE,
    &catalogue::heading_name_differs::HEADING_NAME_DIFFERS,
    &catalogue::heading_under_wrong_parent::HEADING_UNDER_WRONG_PARENT,
    &catalogue::economic_classes_mixed::ECONOMIC_CLASSES_MIXED,
    &catalogue::heading_of_another_budget::HEADING_OF_ANOTHER_BUDGET,
    &catalogue::category_list_incomplete::CATEGORY_LIST_INCOMPLETE,
    &catalogue::heading_chain_broken::HEADING_CHAIN_BROKEN,
    &catalogue::purpose_of_another_heading::PURPOSE_OF_ANOTHER_HEADING,
    &catalogue::wages_in_project::WAGES_IN_PROJECT,
    &catalogue::code_misprinted::CODE_MISPRINTED,
    &catalogue::purpose_nature_contradicted::PURPOSE_NATURE_CONTRADICTED,
    &narrative::amount_contradicts_tables::AMOUNT_CONTRADICTS_TABLES,
    &narrative::nil_subject_has_money::NIL_SUBJECT_HAS_MONEY,
    &narrative::all_from_contradicted::ALL_FROM_CONTRADICTED,
    &narrative::list_contradicts_tables::LIST_CONTRADICTS_TABLES,
    &narrative::item_unexplained::ITEM_UNEXPLAINED,
    &narrative::item_extra::ITEM_EXTRA,
    &narrative::target_amount_differs::TARGET_AMOUNT_DIFFERS,
    &narrative::targets_miss_total::TARGETS_MISS_TOTAL,
    &narrative::secret_sums_differ::SECRET_SUMS_DIFFER,
    &narrative::allocations_miss_amount::ALLOCATIONS_MISS_AMOUNT,
    &narrative::allocation_contradicts_table::ALLOCATION_CONTRADICTS_TABLE,
    &narrative::target_parts_miss_total::TARGET_PARTS_MISS_TOTAL,
    &narrative::explanation_of_another_item::EXPLANATION_OF_ANOTHER_ITEM,
    &against::figure_carried_over::FIGURE_CARRIED_OVER,
    &against::change_carried_over::CHANGE_CARRIED_OVER,
    &narrative::share_wrong::SHARE_WRONG,
    &narrative::growth_wrong::GROWTH_WRONG,
    &narrative::direction_contradicted::DIRECTION_CONTRADICTED,
    &narrative::shares_miss_100::SHARES_MISS_100,
    &narrative::same_claim_differs::SAME_CLAIM_DIFFERS,
    &narrative::amounts_miss_total::AMOUNTS_MISS_TOTAL,
    &narrative::changes_miss_total::CHANGES_MISS_TOTAL,
    &narrative::zero_base_growth::ZERO_BASE_GROWTH,
    &narrative::zero_change_wording::ZERO_CHANGE_WORDING,
    &reason::change_unexplained::CHANGE_UNEXPLAINED,
    &reason::reason_direction_contradicted::REASON_DIRECTION_CONTRADICTED,
    &reason::reason_misses_driver::REASON_MISSES_DRIVER,
    &reason::reasons_contradict::REASONS_CONTRADICT,
    &reason::reason_empty::REASON_EMPTY,
    &reason::extreme_change_unexplained::EXTREME_CHANGE_UNEXPLAINED,
    &narrative::percent_sign_missing::PERCENT_SIGN_MISSING,
    &narrative::level_and_direction_mixed::LEVEL_AND_DIRECTION_MIXED,
    &narrative::decimals_mixed::DECIMALS_MIXED,
    &narrative::year_words_wrong::YEAR_WORDS_WRONG,
    &narrative::increase_exceeds_amount::INCREASE_EXCEEDS_AMOUNT,
    &narrative::change_wrong::CHANGE_WRONG,
    &reason::reason_left_blank::REASON_LEFT_BLANK,
    &narrative::quantities_miss_total::QUANTITIES_MISS_TOTAL,
    &narrative::bases_mixed::BASES_MIXED,
    &narrative::completion_wrong::COMPLETION_WRONG,
    &against::reason_carried_over::REASON_CARRIED_OVER,
    &reason::outturn_unexplained::OUTTURN_UNEXPLAINED,
    &completeness::required_table_missing::REQUIRED_TABLE_MISSING,
    &completeness::required_section_missing::REQUIRED_SECTION_MISSING,
    &completeness::nil_table_unstated::NIL_TABLE_UNSTATED,
    &completeness::nil_statement_contradicted::NIL_STATEMENT_CONTRADICTED,
    &completeness::project_field_missing::PROJECT_FIELD_MISSING,
    &completeness::prepared_by_blank::PREPARED_BY_BLANK,
    &completeness::ruler_incomplete::RULER_INCOMPLETE,
    &completeness::term_unexplained::TERM_UNEXPLAINED,
    &completeness::changes_not_disclosed::CHANGES_NOT_DISCLOSED,
    &completeness::three_public_parts_missing::THREE_PUBLIC_PARTS_MISSING,
    &performance::weights_miss_total::WEIGHTS_MISS_TOTAL,
    &performance::weight_scheme_unusual::WEIGHT_SCHEME_UNUSUAL,
    &performance::indicator_level_missing::INDICATOR_LEVEL_MISSING,
    &performance::indicator_value_missing::INDICATOR_VALUE_MISSING,
    &performance::operators_mixed::OPERATORS_MIXED,
    &performance::target_below_prior::TARGET_BELOW_PRIOR,
    &performance::prior_value_missing::PRIOR_VALUE_MISSING,
    &performance::costs_exceed_amount::COSTS_EXCEED_AMOUNT,
    &performance::goal_contradicts_indicator::GOAL_CONTRADICTS_INDICATOR,
    &performance::goal_item_misnamed::GOAL_ITEM_MISNAMED,
    &performance::goal_not_annual::GOAL_NOT_ANNUAL,
    &performance::date_outside_year::DATE_OUTSIDE_YEAR,
    &performance::indicator_repeated::INDICATOR_REPEATED,
    &performance::indicator_name_punctuated::INDICATOR_NAME_PUNCTUATED,
    &performance::rate_out_of_range::RATE_OUT_OF_RANGE,
    &performance::measure_word_misplaced::MEASURE_WORD_MISPLACED,
    &performance::single_weight_high::SINGLE_WEIGHT_HIGH,
    &performance::basis_unknown::BASIS_UNKNOWN,
    &performance::scores_miss_total::SCORES_MISS_TOTAL,
    &performance::score_exceeds_weight::SCORE_EXCEEDS_WEIGHT,
    &performance::grade_contradicts_score::GRADE_CONTRADICTS_SCORE,
    &performance::grades_miss_count::GRADES_MISS_COUNT,
    &performance::execution_rate_wrong::EXECUTION_RATE_WRONG,
    &performance::evaluation_restated::EVALUATION_RESTATED,
    &performance::evaluation_parts_miss_total::EVALUATION_PARTS_MISS_TOTAL,
    &procurement::reserve_exceeds_whole::RESERVE_EXCEEDS_WHOLE,
    &procurement::reserve_share_low::RESERVE_SHARE_LOW,
    &assets::running_cost_unusual::RUNNING_COST_UNUSUAL,
    &assets::asset_date_stale::ASSET_DATE_STALE,
    &assets::area_without_value::AREA_WITHOUT_VALUE,
    &assets::vehicle_count_differs::VEHICLE_COUNT_DIFFERS,
    &headcount::office_count_differs::OFFICE_COUNT_DIFFERS,
    &headcount::staff_exceed_establishment::STAFF_EXCEED_ESTABLISHMENT,
    &three_public::purchase_without_number::PURCHASE_WITHOUT_NUMBER,
    &identity::money_unit_unstated::MONEY_UNIT_UNSTATED,
    &three_public::count_contradicts_outlay::COUNT_CONTRADICTS_OUTLAY,
    &three_public::counts_missing::COUNTS_MISSING,
    &procurement::awards_exceed_whole::AWARDS_EXCEED_WHOLE,
    &project::project_name_differs::PROJECT_NAME_DIFFERS,
    &project::project_without_target::PROJECT_WITHOUT_TARGET,
    &project::period_outside_year::PERIOD_OUTSIDE_YEAR,
    &project::period_one_day::PERIOD_ONE_DAY,
    &project::document_number_brackets::DOCUMENT_NUMBER_BRACKETS,
    &project::carry_over_old::CARRY_OVER_OLD,
    &project::amount_without_unit::AMOUNT_WITHOUT_UNIT,
    &secrecy::placeholder_varies::PLACEHOLDER_VARIES,
    &secrecy::withheld_yet_shown::WITHHELD_YET_SHOWN,
    &secrecy::alias_malformed::ALIAS_MALFORMED,
    &secrecy::private_data_shown::PRIVATE_DATA_SHOWN,
    &against::project_renamed::PROJECT_RENAMED,
    &residue::markup_left::MARKUP_LEFT,
    &residue::markdown_left::MARKDOWN_LEFT,
    &residue::placeholder_left::PLACEHOLDER_LEFT,
    &residue::instruction_left::INSTRUCTION_LEFT,
    &residue::field_code_left::FIELD_CODE_LEFT,
    &residue::words_doubled::WORDS_DOUBLED,
    &residue::number_malformed::NUMBER_MALFORMED,
    &residue::year_incomplete::YEAR_INCOMPLETE,
    &residue::garbled_text::GARBLED_TEXT,
    &residue::acronym_transposed::ACRONYM_TRANSPOSED,
    &residue::word_confused::WORD_CONFUSED,
    &residue::character_stranded::CHARACTER_STRANDED,
    &residue::phrase_slipped::PHRASE_SLIPPED,
    &residue::term_loose::TERM_LOOSE,
    &residue::date_impossible::DATE_IMPOSSIBLE,
    &residue::paragraph_repeated::PARAGRAPH_REPEATED,
    &residue::fields_run_together::FIELDS_RUN_TOGETHER,
    &residue::punctuation_half_width::PUNCTUATION_HALF_WIDTH,
    &residue::marks_unbalanced::MARKS_UNBALANCED,
    &identity::unit_name_varies::UNIT_NAME_VARIES,
    &identity::year_varies::YEAR_VARIES,
    &identity::contents_differ::CONTENTS_DIFFER,
    &identity::facility_name_varies::FACILITY_NAME_VARIES,
    &identity::document_date_implausible::DOCUMENT_DATE_IMPLAUSIBLE,
    &identity::kind_words_mixed::KIND_WORDS_MIXED,
    &identity::numbering_broken::NUMBERING_BROKEN,
    &residue::section_unfilled::SECTION_UNFILLED,
    &identity::level_words_mixed::LEVEL_WORDS_MIXED,
    &residue::full_stop_missing::FULL_STOP_MISSING,
    &residue::template_blank::TEMPLATE_BLANK,
    &against::year_unmoved::YEAR_UNMOVED,
];
