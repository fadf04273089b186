export const ru = {
  own: 'Мои',
  shared: 'Общие',
  save: 'Сохранить как вариант…',
  name: 'Название',
  share: 'Виден всем',
  delete: 'Удалить «{{name}}»',
  views: 'Варианты',
}
